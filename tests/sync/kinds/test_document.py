"""Papers: of an order or of a counterparty, with a file or without."""

from datetime import date

import pytest

from tests.sync.kinds.conftest import row, rows, uid

SHA = "ab" * 32
INVOICE = {
    "order": uid("order"),
    "counterparty": uid("ooo"),
    "kind": "invoice",
    "number": "0000-000014",
    "date": "2026-03-02",
    "sum": "200.00",
    "file": {"sha256": SHA.upper(), "name": "Счет 14.pdf", "mime": "application/pdf"},
}
FIELDS = 'SELECT "order", counterparty, kind, number, date, sum, sha256, file_name, mime, visible FROM documents'


async def test_a_paper_comes_twice_and_is_one(onec):
    await onec.send("document", "paper", INVOICE)
    await onec.send("document", "paper", INVOICE)

    assert await rows(FIELDS) == [
        (
            uid("order"), uid("ooo"), "invoice", "0000-000014", date(2026, 3, 2), 20000, SHA, "Счет 14.pdf",
            "application/pdf", True,
        )
    ]  # fmt: skip


async def test_number_and_date_come_first_and_the_file_later(onec):
    await onec.send("document", "paper", {**INVOICE, "file": None, "date": "2026-03-02T10:00:00+03:00"})
    before = await row("SELECT sha256, date FROM documents")

    await onec.send("document", "paper", {"file": INVOICE["file"]})

    assert before == ("", date(2026, 3, 2))
    assert await row("SELECT sha256, number FROM documents") == (SHA, "0000-000014")


async def test_a_paper_that_a_browser_would_run_is_only_saved(onec):
    await onec.send("document", "paper", {**INVOICE, "file": {"sha256": SHA, "name": "a.html", "mime": "text/html"}})

    assert await row("SELECT mime FROM documents") == ("application/octet-stream",)


async def test_a_deleted_paper_is_hidden(onec):
    await onec.send("document", "paper", INVOICE)

    await onec.send("document", "paper", op="delete")

    assert await row("SELECT visible FROM documents") == (False,)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("kind", "letter"), ("order", "14"), ("date", "завтра"), ("sum", "-1"), ("sum", "NaN"), ("file", "счет.pdf"),
        ("file", {"name": "a.pdf"}), ("file", {"sha256": "../x"}), ("number", "1" * 61),
    ],
)  # fmt: skip
async def test_a_wrong_field_of_a_paper_is_named(onec, field, value):
    code, message = await onec.refused("document", "paper", {**INVOICE, field: value})

    assert (code, f"«{field}" in message) == ("BAD_FIELD", True), message
    assert await rows("SELECT * FROM documents") == []
