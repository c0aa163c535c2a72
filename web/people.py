"""Who asks, and what they may: the two questions every route begins with."""

from collections.abc import Callable
from typing import Any

from litestar.connection import ASGIConnection
from litestar.handlers import BaseRouteHandler

from data.access.person import Person
from web.asked import asked_of


class NotSignedIn(Exception):
    """Nobody is signed in: they are sent to sign in and come back."""


def the_person(connection: ASGIConnection[Any, Any, Any, Any]) -> Person:
    """Who asks. Raises NotSignedIn."""
    person = asked_of(connection).person
    if person is None:
        raise NotSignedIn
    return person


def needs(*rights: str) -> Callable[[ASGIConnection[Any, Any, Any, Any], BaseRouteHandler], None]:
    """A guard: signed in, with at least one of these rights; else NotSignedIn or Missing."""

    def guard(connection: ASGIConnection[Any, Any, Any, Any], _: BaseRouteHandler) -> None:
        the_person(connection).must(*rights)

    return guard
