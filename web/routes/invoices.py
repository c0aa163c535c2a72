"""«Скачать счет»: 1C's own PDF, or one drawn from the facts 1C gave; before there is one, 1C is asked for it."""

from typing import Any

from litestar import Controller, Response, get, post
from litestar.params import FromPath, FromQuery
from litestar.response import Template

from data import clock
from data.documents.drawing_process import draw_apart
from data.documents.file_names import content_disposition, invoice_file_name, safe_file_name
from data.documents.invoice import Invoice
from data.documents.invoices import InvoiceFile, invoice_of
from data.documents.sheet import Fonts
from data.exchange.files import content_of
from data.ordering import decisions, showing
from web.answers import AnyRequest, fragment, page, part, redirect
from web.people import needs, the_person
from web.static_files import FONT_REGULAR, FONT_SEMIBOLD

FONTS = Fonts(FONT_REGULAR, FONT_SEMIBOLD)


class InvoicesController(Controller):
    path = "/orders/{uuid:str}/invoice"
    guards = (needs("documents"),)

    @get("/", name="invoices:show")
    async def show(self, request: AnyRequest, uuid: FromPath[str], asked: FromQuery[str] = "") -> Response[Any]:
        who = the_person(request)
        found = await invoice_of(who, uuid)
        if found is not None:
            return _pdf(*await _file(found))
        card = await showing.card(who, uuid)
        may_ask = card.may_ask_invoice
        shown: dict[str, Any] = {"order": card.order, "asked": bool(asked) and may_ask, "may_ask": may_ask}
        return page("orders/invoice", back=f"/orders/{uuid}", **shown)

    @get("/state", name="invoices:state")
    async def state(self, request: AnyRequest, uuid: FromPath[str]) -> Template | Response[bytes]:
        if await invoice_of(the_person(request), uuid) is None:
            return Response(b"", status_code=204)
        return fragment(part("invoice_state", uuid=uuid, is_there=True))

    @post("/", name="invoices:ask", status_code=200)
    async def ask(self, request: AnyRequest, uuid: FromPath[str]) -> Response[Any]:
        who = the_person(request)
        if await invoice_of(who, uuid) is None:
            await decisions.ask_for_invoice(who, uuid, clock.now())
        return redirect(request, f"/orders/{uuid}/invoice?asked=1")


async def _file(found: InvoiceFile | Invoice) -> tuple[bytes, str]:
    if isinstance(found, InvoiceFile):
        return await content_of(found.sha256), safe_file_name(found.name, extension="pdf")
    return await draw_apart(found, FONTS), invoice_file_name(found)


def _pdf(content: bytes, name: str) -> Response[bytes]:
    headers = {
        "Content-Disposition": content_disposition(name),
        "Cache-Control": "no-store",
        "X-Content-Type-Options": "nosniff",
    }
    return Response(content, media_type="application/pdf", headers=headers)
