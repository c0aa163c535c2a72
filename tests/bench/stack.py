"""The portal's whole way in and out around a route that does nothing but answer two letters."""

import asyncio
import sys
from contextlib import asynccontextmanager
from pathlib import Path

import uvicorn
from litestar import Litestar, get

from data.home import opened
from web.config import Settings
from web.outer import Outer


@get("/text", media_type="text/plain")
async def text() -> str:
    return "ok"


def create_stack(settings):
    @asynccontextmanager
    async def living(_):
        async with opened(settings.home):
            yield

    return Outer(Litestar([text], lifespan=[living], openapi_config=None, logging_config=None), settings)


if __name__ == "__main__":
    port, home = int(sys.argv[1]), Path(sys.argv[2])
    config = uvicorn.Config(create_stack(Settings(home=home)), port=port, log_level="warning", access_log=False)
    asyncio.run(uvicorn.Server(config).serve())
