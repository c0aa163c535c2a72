"""Everything the portal is made of, in one place."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from litestar import Litestar
from litestar.datastructures import State

from data.access.sessions import keeping_last_seen
from data.home import opened
from web.config import Settings
from web.cookies import Cookies
from web.dressing import dress
from web.errors import HANDLERS
from web.outer import Outer
from web.routes.invite import InviteController
from web.routes.login import LoginController
from web.routes.more import MoreController
from web.routes.reset import ResetController
from web.routes.up import up
from web.templating import templates

ROUTES = (up, LoginController, ResetController, InviteController, MoreController)


def create_app(settings: Settings) -> Outer:
    """The portal as an ASGI application; its lifespan opens the home folder and starts what runs by itself."""

    @asynccontextmanager
    async def living(_: Litestar) -> AsyncIterator[None]:
        async with opened(settings.home, clock_file=settings.clock_file), keeping_last_seen():
            yield

    litestar = Litestar(
        route_handlers=ROUTES,
        template_config=templates(),
        exception_handlers=HANDLERS,
        after_request=dress,
        lifespan=[living],
        openapi_config=None,
        logging_config=None,
        state=State({"settings": settings, "cookies": Cookies(is_https=settings.is_https)}),
    )
    return Outer(litestar, settings)
