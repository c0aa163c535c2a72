"""/up: whether the portal lives and can read its database, for monitors."""

from litestar import Response, get

from data.database import fetch_one, reading


@get("/up", name="up", media_type="text/plain")
async def up() -> Response[str]:
    async with reading():
        await fetch_one("SELECT 1")
    return Response("ok\n", media_type="text/plain", headers={"Cache-Control": "no-store"})
