"""The three cookies: the session, a readable mark that there is one, and the device that signed in before."""

from typing import Any, cast

from litestar.connection import ASGIConnection
from litestar.datastructures import Cookie

from data.access.sessions import PARTNER_LONGEST
from data.access.sign_in import SignedIn

MARKER = "here"  # app.js reloads a page that comes back from the browser's memory after signing out
LONGEST = int(PARTNER_LONGEST.total_seconds())  # the table says sooner for staff
DEVICE_KEPT = 400 * 86_400  # s; browsers keep no cookie longer


class Cookies:
    """``__Host-`` names bind a cookie to this very host over https; plain http cannot have them."""

    def __init__(self, *, is_https: bool) -> None:
        prefix = "__Host-" if is_https else ""
        self.is_https = is_https
        self.session = prefix + "session"
        self.device = prefix + "device"

    def signed_in(self, tokens: SignedIn) -> list[Cookie]:
        return [*self.switched(tokens.session), self._cookie(self.device, tokens.device, DEVICE_KEPT)]

    def switched(self, token: str) -> list[Cookie]:
        return [self._cookie(self.session, token, LONGEST), self._cookie(MARKER, "1", LONGEST, is_hidden=False)]

    def signed_out(self) -> list[Cookie]:
        return [self._cookie(self.session, "", 0), self._cookie(MARKER, "", 0, is_hidden=False)]

    def _cookie(self, name: str, value: str, seconds: int, *, is_hidden: bool = True) -> Cookie:
        return Cookie(
            key=name, value=value, path="/", max_age=seconds, secure=self.is_https, httponly=is_hidden, samesite="lax"
        )


def value_of(header: bytes, name: bytes) -> str:
    """The value of this cookie, the first of several; empty when there is none or it is no ASCII text."""
    wanted = name + b"="
    at = header.find(wanted)
    while at > 0 and header[at - 1] not in b"; ":
        at = header.find(wanted, at + 1)
    if at < 0:
        return ""
    value = header[at + len(wanted) :].partition(b";")[0].strip()
    return value.decode() if value.isascii() else ""


def cookies_of(request: ASGIConnection[Any, Any, Any, Any]) -> Cookies:
    """As create_app() has put them together."""
    return cast(Cookies, request.app.state.cookies)
