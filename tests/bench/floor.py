"""The floor: Litestar with a bare text route, and the catalogue page drawn by stock Jinja from values in memory."""

import asyncio
import pickle
import sys
from pathlib import Path

import uvicorn
from jinja2 import Environment
from litestar import Litestar, get
from litestar.plugins.jinja import JinjaTemplateEngine
from litestar.response import Template
from litestar.template import TemplateConfig

from web import templating


def stock_environment():
    """The portal's environment with Jinja's own way to escape."""
    own = templating.environment()
    made = Environment(
        loader=own.loader,
        autoescape=True,
        undefined=own.undefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.globals.update(own.globals)
    made.filters.update(own.filters)
    made.tests.update(own.tests)
    return made


def create_floor(contexts):
    """``contexts``: by address, the template and all that it is drawn from."""

    @get("/text", media_type="text/plain")
    async def text() -> str:
        return "ok"

    handlers = [text]
    for path, (name, context) in contexts.items():
        handlers.append(_drawn(path, name, context))
    return Litestar(
        handlers,
        template_config=TemplateConfig(instance=JinjaTemplateEngine.from_environment(stock_environment())),
        openapi_config=None,
        logging_config=None,
    )


def _drawn(path, name, context):
    @get(path, name=path)
    async def drawn() -> Template:
        return Template(name, context=context, media_type="text/html")

    return drawn


if __name__ == "__main__":
    port, file = int(sys.argv[1]), Path(sys.argv[2])
    config = uvicorn.Config(
        create_floor(pickle.loads(file.read_bytes())), port=port, log_level="warning", access_log=False
    )
    asyncio.run(uvicorn.Server(config).serve())
