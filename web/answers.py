"""The shapes a route can answer with: a whole page, a few components, or an address to go to."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from jinja2 import pass_context
from jinja2.runtime import Context
from litestar import Request, Response
from litestar.datastructures import Cookie
from litestar.response import Template
from markupsafe import Markup

from data.access.person import Person
from web.asked import asked_of
from web.brand import current
from web.navigation import is_current, sections_of
from web.static_files import asset

AnyRequest = Request[Any, Any, Any]
HTML = "text/html"
KEPT = {"Cache-Control": "private, no-cache"}  # Back costs nothing, and nothing old is shown without asking


class Page(Template):
    """A page in the layout, which knows who looks at it. ``badges``: numbers on the sections, when known."""

    def create_template_context(self, request: AnyRequest) -> dict[str, Any]:
        person, path = asked_of(request).person, request.scope["path"]
        sections = [(section, is_current(section, path)) for section in sections_of(person)]
        layout: dict[str, Any] = {
            "me": person,
            "shop": current(),
            "sections": sections,
            "badges": {},
            "back": "",
            "focus": "",
        }
        return {**layout, **self.context, "request": request}


class Fragment(Template):
    """A few components without a page around them."""

    def create_template_context(self, request: AnyRequest) -> dict[str, Any]:
        return {**self.context, "request": request}


def page(name: str, /, *, status: int = 200, **context: Any) -> Page:
    """The page templates/<name>.html."""
    return Page(f"templates/{name}.html", context=context, status_code=status, headers=KEPT, media_type=HTML)


def part(name: str, /, **props: Any) -> tuple[str, dict[str, Any]]:
    """One component of a fragment. With ``oob=True`` it wraps itself in <hx-partial> and finds its own place."""
    return name, props


def fragment(
    *parts: tuple[str, dict[str, Any]], status: int = 200, headers: Mapping[str, str] | None = None
) -> Fragment:
    """Components drawn the same as in the page."""
    return Fragment(
        "components/answer.html",
        context={"parts": parts},
        status_code=status,
        headers={"Cache-Control": "no-store", **(headers or {})},
        media_type=HTML,
    )


def redirect(request: AnyRequest, url: str, *, cookies: list[Cookie] | None = None) -> Response[bytes]:
    """Go to a path of ours: 303 for a plain form, HX-Redirect for htmx, which would follow a 303 into a fragment."""
    headers = {"Cache-Control": "no-store"}
    if request.headers.get("hx-request") == "true":
        return Response(b"", status_code=200, headers={**headers, "HX-Redirect": url}, media_type=HTML, cookies=cookies)
    return Response(b"", status_code=303, headers={**headers, "Location": url}, media_type=HTML, cookies=cookies)


def wants_fragment(request: AnyRequest) -> bool:
    """Asked by htmx for a piece of the page, not for the page to restore the history with."""
    asked = request.headers
    return asked.get("hx-request") == "true" and asked.get("hx-history-restore-request") != "true"


@pass_context
def component(context: Context, name: str, /, **props: Any) -> Markup:
    """Draw one component with exactly the props given to it, wherever it is called from."""
    template = context.environment.get_template(f"components/{name}.html")
    return Markup(template.render(request=context["request"], **props))


@cache
def icon(name: str) -> Markup:
    """An icon of the sprite, for the eye only: a word stands beside it or names the button."""
    return Markup('<svg class="icon" aria-hidden="true"><use href="{}#{}"></use></svg>').format(
        asset("icons.svg"), name
    )


def person_asking(request: AnyRequest) -> Person | None:
    """Who asks, or None for nobody: for the few pages open to all."""
    return asked_of(request).person
