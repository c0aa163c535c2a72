"""How an exception becomes something a person can read."""

import re
from typing import Any
from urllib.parse import quote, urlsplit

from litestar import Response
from litestar.exceptions import HTTPException
from litestar.types import ExceptionHandlersMap

from data.access.passwords import Busy
from data.errors import Missing, Refusal, Stale
from web import plain_pages
from web.answers import AnyRequest, fragment, page, part, redirect, wants_fragment
from web.asked import MACHINES, asked_of
from web.forms import BadForm, TooLarge
from web.logs import log_crash
from web.people import NotSignedIn

IN_PLACE = {"HX-Retarget": "#notices", "HX-Reswap": "innerHTML"}
GONE = "client disconnected"  # what Litestar says of a body that was never finished: nobody is there to answer
SAFE_PATH = re.compile(r"/(?![/\\])[\x21-\x7e]*")

TEXTS = {
    **plain_pages.TEXTS,
    404: ("Страница не найдена", "Такой страницы нет, или она открыта не для вас."),
    409: ("Данные изменились", "Пока вы решали, их изменил кто-то другой. Посмотрите свежие и решите снова."),
    429: ("Слишком много запросов", "Подождите немного и попробуйте ещё раз."),
    503: ("Портал занят", "Сейчас слишком много входов. Попробуйте через несколько секунд."),
}


def safe_path(text: str, default: str = "/") -> str:
    """A path of ours to go to, or the default: never another site's address."""
    return text if SAFE_PATH.fullmatch(text) and len(text) < 2000 else default


def failed(request: AnyRequest, status: int, *, text: str = "") -> Response[Any]:
    """The page of a failure, or its notice in place for htmx."""
    title, usual = TEXTS.get(status, TEXTS[400] if status < 500 else TEXTS[500])
    if request.scope["path"].startswith(MACHINES):
        problem = {"type": "about:blank", "title": title, "status": status, "detail": text or usual}
        return Response(problem, status_code=status, media_type="application/problem+json")
    if wants_fragment(request):
        return fragment(part("notice", text=text or usual), status=status, headers=IN_PLACE)
    back = came_from(request)
    number = asked_of(request).id if status >= 500 else ""
    return page("error/show", status=status, title=title, text=text or usual, again=back, number=number)


def refused(request: AnyRequest, error: Refusal) -> Response[Any]:
    if wants_fragment(request):
        return fragment(part("notice", text=error.text), status=422, headers=IN_PLACE)
    return page("error/show", status=422, title="Так нельзя", text=error.text, again=came_from(request), number="")


def stale(request: AnyRequest, error: Stale) -> Response[Any]:
    return failed(request, 409, text=error.text)


def missing(request: AnyRequest, _: Missing) -> Response[Any]:
    return failed(request, 404)


def not_signed_in(request: AnyRequest, _: NotSignedIn) -> Response[Any]:
    """Sign in and come back: to this page, or to the page a form stood on."""
    is_page = request.method in {"GET", "HEAD"} and not wants_fragment(request)
    wanted = _this(request) if is_page else came_from(request)
    url = "/login" if wanted in {"", "/"} else f"/login?next={quote(wanted, safe='/')}"
    if not wants_fragment(request):
        return redirect(request, url)
    return Response(
        b"", status_code=401, headers={"HX-Redirect": url, "Cache-Control": "no-store"}, media_type="text/html"
    )


def http_failed(request: AnyRequest, error: HTTPException) -> Response[Any]:
    if GONE in error.detail:
        return failed(request, 400)
    if error.status_code >= 500:
        return crashed(request, error)
    answer = failed(request, error.status_code)
    if allow := (error.headers or {}).get("Allow"):
        answer.headers["Allow"] = allow
    return answer


def bad_form(request: AnyRequest, _: BadForm) -> Response[Any]:
    return failed(request, 400)


def too_large(request: AnyRequest, _: TooLarge) -> Response[Any]:
    return failed(request, 413)


def busy(request: AnyRequest, _: Busy) -> Response[Any]:
    answer = failed(request, 503)
    answer.headers["Retry-After"] = "5"
    return answer


def crashed(request: AnyRequest, error: Exception) -> Response[Any]:
    """A bug: logged once with what was being done, an apology with the request's id."""
    log_crash(asked_of(request), request.method, request.scope["path"], error)
    return failed(request, 500)


def _this(request: AnyRequest) -> str:
    query = request.scope["query_string"].decode("latin-1")
    path = quote(request.scope["path"], safe="/-._~")
    return safe_path(f"{path}?{query}" if query else path, "")


def came_from(request: AnyRequest) -> str:
    try:
        parts = urlsplit(request.headers.get("hx-current-url") or request.headers.get("referer") or "")
    except ValueError:  # «http://[» is no address
        return "/"
    return safe_path(f"{parts.path}?{parts.query}" if parts.query else parts.path, "/")


HANDLERS: ExceptionHandlersMap = {
    Refusal: refused,
    Stale: stale,
    Missing: missing,
    NotSignedIn: not_signed_in,
    BadForm: bad_form,
    TooLarge: too_large,
    Busy: busy,
    HTTPException: http_failed,
    Exception: crashed,
}
