"""Front-end files are served from memory under names with a content hash, so a browser keeps them for a year."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from litestar.types import HTTPResponseBodyEvent, HTTPResponseStartEvent, HTTPScope, Receive, Send

PREFIX = "/static/"
VENDOR = Path(__file__).parent / "static" / "vendor"
FONT_REGULAR = VENDOR / "GolosText-Regular.ttf"  # for papers; pages load their own cut
FONT_SEMIBOLD = VENDOR / "GolosText-SemiBold.ttf"
TYPES = {
    ".css": b"text/css; charset=utf-8",
    ".js": b"text/javascript; charset=utf-8",
    ".svg": b"image/svg+xml",
    ".png": b"image/png",
    ".woff2": b"font/woff2",
}
CODINGS = {"br": ".br", "gzip": ".gz"}  # in the order we like them
Headers = list[tuple[bytes, bytes]]


@dataclass(frozen=True)
class StaticFile:
    """One file as it is and in the codings that lie beside it; the empty coding is the plain file."""

    name: str
    bodies: dict[str, bytes]

    def headers(self, coding: str) -> Headers:
        found = [
            (b"content-type", TYPES[Path(self.name).suffix]),
            (b"cache-control", b"public, max-age=31536000, immutable"),
            (b"etag", self.etag(coding)),
            (b"vary", b"Accept-Encoding"),
        ]
        return [*found, (b"content-encoding", coding.encode())] if coding else found

    def etag(self, coding: str) -> bytes:
        return f'"{self.name}{"-" if coding else ""}{coding}"'.encode()


def asset(name: str) -> str:
    """The address of a front-end file by its name in templates ("app.css"). Raises RuntimeError for an unknown one."""
    try:
        return PREFIX + _manifest()[name]
    except KeyError:
        raise RuntimeError(f"No front-end file {name!r}; run: python -m web.assets") from None


def is_static(path: str) -> bool:
    return path.startswith(PREFIX)


async def serve(scope: HTTPScope, receive: Receive, send: Send) -> None:
    """A plain ASGI door for /static/*: only names of the manifest exist, anything else is 404."""
    found = _files().get(scope["path"].removeprefix(PREFIX))
    asked = dict(scope["headers"])
    if found is None:
        await _answer(send, 404, [(b"content-type", b"text/plain; charset=utf-8")], b"Not found\n")
    elif scope["method"] not in {"GET", "HEAD"}:
        await _answer(send, 405, [(b"allow", b"GET, HEAD")], b"")
    else:
        coding = _coding(asked.get(b"accept-encoding", b"").decode("latin-1"), found)
        if found.etag(coding) in asked.get(b"if-none-match", b""):
            await _answer(send, 304, found.headers(coding), None)
        else:
            await _answer(send, 200, found.headers(coding), found.bodies[coding], is_head=scope["method"] == "HEAD")


@cache
def _manifest() -> dict[str, str]:
    try:
        names: dict[str, str] = json.loads((VENDOR / "manifest.json").read_text("utf-8"))
    except OSError as error:
        raise RuntimeError("The front-end files are missing; run: python -m web.assets") from error
    return names


@cache
def _files() -> dict[str, StaticFile]:
    return {name: _read(name) for name in _manifest().values()}


def _read(name: str) -> StaticFile:
    bodies = {"": (VENDOR / name).read_bytes()}
    for coding, suffix in CODINGS.items():
        if (VENDOR / (name + suffix)).exists():
            bodies[coding] = (VENDOR / (name + suffix)).read_bytes()
    return StaticFile(name=name, bodies=bodies)


def _coding(accepted: str, found: StaticFile) -> str:
    offers = [offer.replace(" ", "").lower() for offer in accepted.split(",")]
    wanted = {offer.split(";")[0] for offer in offers if not offer.endswith((";q=0", ";q=0.0", ";q=0.00", ";q=0.000"))}
    return next((coding for coding in CODINGS if coding in wanted and coding in found.bodies), "")


async def _answer(send: Send, status: int, headers: Headers, body: bytes | None, *, is_head: bool = False) -> None:
    length = [] if body is None else [(b"content-length", str(len(body)).encode())]
    start: HTTPResponseStartEvent = {"type": "http.response.start", "status": status, "headers": [*headers, *length]}
    rest: HTTPResponseBodyEvent = {
        "type": "http.response.body",
        "body": b"" if is_head or body is None else body,
        "more_body": False,
    }
    await send(start)
    await send(rest)
