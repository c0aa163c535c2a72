"""Everything the portal is made of, in one place."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from litestar import Litestar
from litestar.datastructures import State

from data.access.sessions import keeping_last_seen
from data.home import opened
from sync import mail, scheduler
from sync.exchange_portal.doors import DOORS
from web.config import Settings
from web.cookies import Cookies
from web.dressing import dress
from web.errors import HANDLERS
from web.outer import Outer
from web.routes.admin import AdminController
from web.routes.admin_exchange import AdminExchangeController
from web.routes.admin_journal import AdminJournalController
from web.routes.admin_keys import AdminKeysController
from web.routes.admin_mail import AdminMailController
from web.routes.admin_queue import AdminQueueController
from web.routes.admin_shop import AdminShopController
from web.routes.admin_user_deeds import AdminUserDeedsController
from web.routes.admin_users import AdminUsersController
from web.routes.cart import CartController
from web.routes.cart_lines import CartLinesController
from web.routes.catalogue import CatalogueController
from web.routes.desk import DeskController
from web.routes.drafts import DraftsController
from web.routes.home import home
from web.routes.invite import InviteController
from web.routes.invoices import InvoicesController
from web.routes.login import LoginController
from web.routes.more import MoreController
from web.routes.orders import OrdersController
from web.routes.pictures import picture
from web.routes.reset import ResetController
from web.routes.up import up
from web.templating import templates

PEOPLE = (
    LoginController,
    ResetController,
    InviteController,
    MoreController,
    home,
    CatalogueController,
    picture,
    CartController,
    CartLinesController,
    OrdersController,
    DraftsController,
    InvoicesController,
    DeskController,
    AdminController,
    AdminExchangeController,
    AdminQueueController,
    AdminJournalController,
    AdminMailController,
    AdminShopController,
    AdminUsersController,
    AdminUserDeedsController,
    AdminKeysController,
)
MACHINES = (up, DOORS)


def create_app(settings: Settings) -> Outer:
    """The portal as an ASGI application; its lifespan opens the home folder and starts what runs by itself."""

    @asynccontextmanager
    async def living(_: Litestar) -> AsyncIterator[None]:
        async with (
            opened(settings.home, clock_file=settings.clock_file),
            keeping_last_seen(),
            mail.running(settings.address),
            scheduler.running(),
        ):
            yield

    litestar = Litestar(
        route_handlers=[*PEOPLE, *MACHINES],
        template_config=templates(),
        exception_handlers=HANDLERS,
        after_request=dress,
        lifespan=[living],
        openapi_config=None,
        logging_config=None,
        state=State({"settings": settings, "cookies": Cookies(is_https=settings.is_https)}),
    )
    return Outer(litestar, settings)
