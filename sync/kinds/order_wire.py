"""The order object of the exchange protocol (section 5), written from the order as we hold it."""

from collections.abc import Mapping
from typing import Any

from data.numbers import percent, roubles, units


def wire_of(order: Mapping[str, Any], lines: list[dict[str, Any]]) -> dict[str, Any]:
    """The order object as it is sent to 1C; terms are 1C's, so there are none before 1C has accepted."""
    named = ("partner", "counterparty", "agreement", "contract", "contact", "warehouse")
    return {
        "id": order["uuid"],
        "origin": order["origin"],
        "status": order["status"],
        **({"terms": order["terms"]} if order["terms"] else {}),
        **{name: order[name] or None for name in named},
        "organization": order["seller"] or None,
        "delivery": {
            "method": order["delivery_method"],
            "address": order["delivery_address"] or None,
            "date": order["delivery_date"].isoformat() if order["delivery_date"] else None,
        },
        "partner_number": order["partner_number"] or None,
        "comment": order["comment"],
        "lines": [_wire_line(line) for line in lines],
        "total": roubles(order["total"]),
        "currency": order["currency"],
    }


def _wire_line(line: dict[str, Any]) -> dict[str, Any]:
    return {
        "n": line["n"],
        "product": line["product"],
        "variant": line["variant"] or None,
        "name": line["name"],
        "quantity": units(line["quantity"]),
        "unit": line["unit"],
        "pack": line["pack"] or None,
        "packs": units(line["packs"]) if line["pack"] else None,
        "price": None if line["price"] is None else roubles(line["price"]),
        "discount_percent": percent(line["discount"]),
        "vat": line["vat"] or None,
        "vat_sum": roubles(line["vat_sum"]),
        "sum": roubles(line["sum"]),
        "comment": line["comment"],
    }
