"""Pictures of goods, by the hash of the file: it never changes, so a browser keeps it."""

from litestar import Response, get
from litestar.params import FromPath

from data.catalogue.card import is_picture
from data.database import reading
from data.errors import Missing
from data.exchange.files import content_of
from web.answers import AnyRequest
from web.people import needs, the_person

BEGINNINGS = {b"\xff\xd8\xff": "image/jpeg", b"\x89PNG": "image/png", b"RIFF": "image/webp"}
KEPT = {"Cache-Control": "private, max-age=31536000, immutable", "X-Content-Type-Options": "nosniff"}


@get("/pictures/{sha256:str}", name="pictures:show", guards=[needs("catalogue")])
async def picture(request: AnyRequest, sha256: FromPath[str]) -> Response[bytes]:
    the_person(request)
    async with reading():
        is_ours = await is_picture(sha256)
    if not is_ours:
        raise Missing(f"picture {sha256}")
    try:
        content = await content_of(sha256)
    except (FileNotFoundError, ValueError) as error:
        raise Missing(f"file {sha256}") from error
    return Response(content, media_type=_type(content), headers=KEPT)


def _type(content: bytes) -> str:
    for beginning, kind in BEGINNINGS.items():
        if content.startswith(beginning):
            return kind
    return "application/octet-stream"
