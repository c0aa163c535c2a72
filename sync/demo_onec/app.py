"""The stand-in 1C as an ASGI application: its service for the portal, its JSON, its page, and its job inside."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from litestar import Litestar, Router
from litestar.datastructures import ResponseHeader, State
from litestar.plugins.jinja import JinjaTemplateEngine
from litestar.template import TemplateConfig

from sync.demo_onec.answers import HANDLERS
from sync.demo_onec.bodies import LARGEST
from sync.demo_onec.faults import Asgi, Faults, Receive, Scope, Send
from sync.demo_onec.json_doors import DemoController
from sync.demo_onec.onec import Onec
from sync.demo_onec.page import PageController
from sync.demo_onec.service import ServiceController
from sync.demo_onec.settings import Settings

POLICY = "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Robots-Tag": "noindex, nofollow",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cache-Control": "no-store",
}


def create_onec(settings: Settings) -> Asgi:
    """One 1C for one home folder; its database is opened here and filled when the server starts."""
    onec = Onec(settings)
    onec.job.is_paused = lambda: onec.faults.is_down
    publication = f"/{onec.store.recall('publication')}/hs"

    @asynccontextmanager
    async def life(_: Litestar) -> AsyncIterator[None]:
        await onec.open()
        async with onec.job.running():
            yield
        await onec.close()

    service = Router(f"{publication}/ExchangePortal", route_handlers=[ServiceController])
    app = Litestar(
        route_handlers=[service, DemoController, PageController],
        state=State({"onec": onec}),
        lifespan=[life],
        exception_handlers=HANDLERS,
        template_config=_templates(),
        response_headers=[ResponseHeader(name=name, value=value) for name, value in HEADERS.items()],
        request_max_body_size=LARGEST,
        openapi_config=None,
        logging_config=None,
    )
    return _behind(onec.faults, app, publication + "/")


def _behind(faults: Faults, app: Litestar, prefix: str) -> Asgi:
    """Only what the portal calls passes the fault switch; people and scripts of the demo always get through."""

    async def door(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["path"].startswith(prefix):
            await faults.pass_through(app, scope, receive, send)  # type: ignore[arg-type]
        else:
            await app(scope, receive, send)  # type: ignore[arg-type]

    return door


def _templates() -> TemplateConfig[JinjaTemplateEngine]:
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return TemplateConfig(instance=JinjaTemplateEngine.from_environment(environment))
