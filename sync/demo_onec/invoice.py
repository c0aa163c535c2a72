"""«Счет на оплату»: asked for in one moment, printed by the job in the next, then sent as a document with its file."""

import asyncio
import logging
from datetime import date, datetime
from pathlib import Path
from typing import Any

from sync.demo_onec import orders, queue
from sync.demo_onec.files import keep_file
from sync.demo_onec.ids import invented
from sync.demo_onec.orders import Order
from sync.demo_onec.store import Store
from sync.demo_onec.sums import kopecks, thousandths

log = logging.getLogger(__name__)

FONTS = Path(__file__).parents[2] / "web" / "static" / "vendor"
"""The product's own fonts; without them this 1C sends number and date only, as some real ones do."""


def order_invoice(store: Store, order: Order, now: datetime) -> str:
    """One invoice for one set of terms: asking again sends the same paper again."""
    key = invented("invoice", f"{order.guid}/{order.data['terms']}")
    standing = store.found("document", key)
    if standing is not None and standing["file"] is not None:
        queue.offer_again(store, "document", key)
        return key
    paper = {
        "order": order.id,
        "counterparty": order.data["counterparty"],
        "kind": "invoice",
        "number": order.number,
        "date": now.isoformat(),
        "sum": order.data["total"],
        "file": None,
    }
    if store.recall("invoice") == "number":
        queue.keep_and_offer(store, "document", key, paper)
    else:
        store.keep("document", key, paper)
        store.keep("print", key, {"asked": now.isoformat()})
    return key


def has_papers(store: Store) -> bool:
    """Whether somebody waits for a paper: one to be printed, or one that is printed and not sent yet."""
    if store.row("SELECT 1 FROM object WHERE kind = 'print' LIMIT 1") is not None:
        return True
    return store.row("SELECT 1 FROM queue WHERE kind = 'document' AND attempts = 0 LIMIT 1") is not None


async def print_waiting(store: Store) -> None:
    """Draw what was asked for, off the loop; a paper that cannot be drawn goes without a file."""
    for asked in store.all("print", limit=50):
        paper = store.found("document", asked["id"])
        order = orders.found(store, paper["order"]) if paper else None
        if paper is None or order is None:
            continue
        facts = _facts(store, order, paper)
        try:
            content = await asyncio.to_thread(_draw, facts, order)
        except (OSError, ValueError, ImportError):
            log.exception("an invoice of the demo 1C was not drawn")
            content = b""
        with store.writing():
            key = paper.pop("id")
            if content:
                name = f"Счет {order.number} от {paper['date'][:10]}.pdf"
                sha256 = keep_file(store, content, "application/pdf")
                paper["file"] = {"sha256": sha256, "name": name, "mime": "application/pdf"}
            queue.keep_and_offer(store, "document", key, paper)
            store.db.execute("DELETE FROM object WHERE kind = 'print' AND id = ?", (key,))


def _facts(store: Store, order: Order, paper: dict[str, Any]) -> dict[str, Any]:
    data = order.data
    contract = store.found("contract", str(data["contract"]))
    agreement = store.found("agreement", data["agreement"]) or {}
    return {
        "seller": store.found("organization", data["organization"]) or {},
        "buyer": store.found("counterparty", str(data["counterparty"])) or {},
        "basis": f"Договор {contract['number']}" if contract else str(agreement.get("name", "")),
        "date": paper["date"],
    }


def _draw(facts: dict[str, Any], order: Order) -> bytes:
    from data.documents.invoice import Bank, Invoice, InvoiceLine, Party
    from data.documents.invoice_drawing import Fonts, draw

    seller, buyer = facts["seller"], facts["buyer"]
    bank = seller["bank"]
    invoice = Invoice(
        number=order.number,
        dated=date.fromisoformat(facts["date"][:10]),
        seller=Party(seller["legal_name"], seller["inn"], seller["kpp"], seller["address"], seller["phone"]),
        buyer=Party(
            buyer.get("legal_name", ""), buyer.get("inn", ""), buyer.get("kpp") or "", buyer.get("address", "")
        ),
        bank=Bank(bank["name"], bank["bic"], bank["account"], bank["corr_account"]),
        lines=tuple(
            InvoiceLine(
                name=line["name"],
                quantity=thousandths(line["quantity"]),
                unit=line["unit"],
                price_kopecks=kopecks(line["price"]),
                sum_kopecks=kopecks(line["sum"]),
                vat_rate=line["vat"],
                vat_kopecks=kopecks(line["vat_sum"]),
            )
            for line in order.lines()
            if not line["cancelled"]
        ),
        total_kopecks=kopecks(order.data["total"]),
        basis=facts["basis"],
        director=seller["director"],
        accountant=seller["accountant"],
    )
    return draw(invoice, Fonts(FONTS / "GolosText-Regular.ttf", FONTS / "GolosText-SemiBold.ttf"))
