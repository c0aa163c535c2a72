"""The demo's own doors open only for this machine, and not for a foreign page in its browser."""

import ipaddress
from typing import Any

from litestar.connection import ASGIConnection
from litestar.exceptions import NotFoundException, PermissionDeniedException
from litestar.handlers import BaseRouteHandler


def on_this_machine(connection: ASGIConnection[Any, Any, Any, Any], _: BaseRouteHandler) -> None:
    """404 for other machines and for made-up names of this one; 403 for what another site makes the browser send."""
    host = connection.client.host if connection.client else ""
    if not (_is_loopback(host) and _is_loopback(connection.base_url.hostname or "")):
        raise NotFoundException
    if connection.scope.get("method") != "GET" and not _is_own_page(connection):
        raise PermissionDeniedException("Команда пришла с чужой страницы")


def _is_own_page(connection: ASGIConnection[Any, Any, Any, Any]) -> bool:
    """Browsers say where a form comes from, old ones by its origin only; scripts say nothing."""
    site, origin = connection.headers.get("sec-fetch-site"), connection.headers.get("origin")
    if site is not None:
        return site in {"none", "same-origin"}
    return origin is None or origin == str(connection.base_url).rstrip("/")


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
