"""Every address of the portal, read from the application itself, so that no route can be forgotten."""

from uuid import uuid4

from web.app import create_app
from web.config import Settings


def every_route(outer=None, home=None):
    """(method, path with made-up values for its parameters), in a steady order."""
    outer = outer or create_app(Settings(home=home))
    found = set()
    for route in outer.litestar.routes:
        path = "".join(f"/{_value(piece)}" for piece in route.path_components) or "/"
        found.update((method, path) for method in route.methods if method not in {"OPTIONS", "HEAD"})
    return sorted(found)


def _value(piece):
    if isinstance(piece, str):
        return piece
    kinds = {"UUID": str(uuid4()), "int": "1"}
    return kinds.get(piece.type.__name__, "no-such-thing")
