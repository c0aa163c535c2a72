"""Orders on their pages: the list, the card, decisions, the invoice; nobody else's are found."""

from datetime import UTC, date, datetime

import pytest
from pypdf import PdfReader

from data import clock
from data.database import execute, fetch, reading, writing
from data.documents.documents import MIRROR
from data.exchange import files
from data.ordering import accepted
from tests.cabinet import HTMX, field, from_1c, line, ordered, text_of, waiting_for_partner
from tests.ordering.world import UNIT, set_price, take, uid


async def queued(uuid):
    async with reading():
        return [op for (op,) in await fetch("SELECT op FROM queue WHERE object = ? ORDER BY id", uuid)]


async def invoice(uuid, **more):
    async with writing():
        await execute(
            'INSERT INTO documents (uuid, "order", counterparty, kind, number, date, sum, sha256, file_name, mime, came_at)'
            " VALUES (?, ?, '', 'invoice', '0000-000014', ?, ?, ?, 'Счет.pdf', 'application/pdf', ?)",
            uid(f"invoice {uuid}"), uuid, date(2026, 3, 2), more.get("sum"), more.get("sha256", ""), clock.now(),
        )  # fmt: skip


@pytest.mark.row("O13")
async def test_the_card_shows_everything_as_1c_sent_it(anna):
    uuid = await ordered(anna)
    await from_1c(
        uuid, status="in_work", state="Ожидается обеспечение", total=20_000, paid=2500, shipped=1250, currency="RUB",
        at=datetime(2024, 2, 7, 13, 27, 3, tzinfo=UTC), manager_name="Зудеев Илья Вадимович",
        manager_phone="+7 999 000-00-01", manager_email="zudeev@example.com", confirmed_terms=1,
        lines=(line(quantity=1000, price=12_000, total=10_000), line("Гайка", 1000, 12_000, 10_000, n=2)),
    )  # fmt: skip

    read = text_of(await anna.get(f"/orders/{uuid}"))

    for said in ("Заказ 0000-000014 от 07.02.2024 16:27:03", "Статус В работе", "Состояние Ожидается обеспечение",
                 "Итого 200,00 ₽", "Менеджер Зудеев Илья Вадимович", "Телефон +7 999 000-00-01",
                 "Электронная почта zudeev@example.com", "Товар Количество Цена Сумма", "Болт 1 шт 120,00 ₽ 100,00 ₽",
                 "Самовывоз", "25% оплаты", "12,5% отгрузки"):  # fmt: skip
        assert said in read, said


async def test_the_list_filters_by_status_and_finds_by_the_tail_of_the_number(anna):
    uuid = await waiting_for_partner(anna)
    other = await ordered(anna)

    assert {uuid, other} <= set(await shown_in(anna, "/orders"))
    assert await shown_in(anna, "/orders?status=new") == [other]
    assert await shown_in(anna, "/orders?q=014") == [uuid]
    assert "По этому отбору ничего не нашли" in (await anna.get("/orders?q=%25")).text


async def shown_in(client, path):
    found = (await client.get(path)).text.split('<li class="row" id="order-')[1:]
    return [one.partition('"')[0] for one in found]


async def test_forty_orders_and_the_rest_by_cursor(anna):
    for _ in range(45):
        await ordered(anna)

    first = await anna.get("/orders")
    more = first.text.partition('hx-get="/orders/rows?')[2].partition('"')[0].replace("&amp;", "&")
    rest = await shown_in(anna, f"/orders/rows?{more}")

    assert len(await shown_in(anna, "/orders")) == 40 and len(rest) == 5
    assert not set(rest) & set(await shown_in(anna, "/orders"))


async def test_the_list_and_the_card_say_nothing_while_nothing_changes(anna):
    uuid = await ordered(anna)
    for path in ("/orders", f"/orders/{uuid}"):
        ask = (await anna.get(path)).text.partition('hx-get="')[2].partition('"')[0].replace("&amp;", "&")
        ask = ask if "seen" in ask else "/orders/fresh?seen=" + (await anna.get(path)).text.partition("seen=")[2][:16]
        assert (await anna.get(ask, headers=HTMX)).status_code == 204
        await from_1c(uuid, status="wait_manager", paid=len(path))
        assert (await anna.get(ask, headers=HTMX)).status_code == 200


async def test_a_final_order_asks_no_more(anna):
    uuid = await ordered(anna)
    await from_1c(uuid, status="closed", lines=(line(),))

    assert "/card?" not in (await anna.get(f"/orders/{uuid}")).text


@pytest.mark.row("O10")
async def test_the_partner_confirms_and_1c_is_told(anna):
    uuid = await waiting_for_partner(anna)
    terms = field(await anna.get(f"/orders/{uuid}"), "terms")

    plain = await anna.post(f"/orders/{uuid}/confirmation", data={"terms": terms})
    again = await anna.post(f"/orders/{uuid}/confirmation", data={"terms": terms}, headers=HTMX)

    assert plain.headers["Location"] == f"/orders/{uuid}"
    assert again.status_code == 200 and "В работе" in again.text and 'id="order-card"' in again.text
    assert await queued(uuid) == ["confirm"]


@pytest.mark.row("O14")
async def test_lines_changed_after_confirmation_are_shown_and_confirmed_anew(anna):
    uuid = await waiting_for_partner(anna)
    await anna.post(f"/orders/{uuid}/confirmation", data={"terms": "1"})
    async with writing():
        await accepted.sent(uuid, "confirm")
        await execute("DELETE FROM queue")
    await from_1c(
        uuid,
        status="in_work",
        terms=2,
        confirmed_terms=1,
        total=99_000,
        lines=(line(quantity=10_000, price=9_900, total=99_000),),
    )

    shown = await anna.get(f"/orders/{uuid}")
    stale = await anna.post(f"/orders/{uuid}/confirmation", data={"terms": "1"})

    read = text_of(shown)
    assert "Ожидает вашего подтверждения" in read and "Что изменилось" in read
    assert "20 → 10" in read and "100,00 ₽ → 99,00 ₽" in read and "2 000,00 ₽ → 990,00 ₽" in read
    assert stale.status_code == 409 and "тем временем изменился" in text_of(stale)
    assert field(stale, "terms") == "2"
    assert (await anna.post(f"/orders/{uuid}/confirmation", data={"terms": "2"})).status_code == 303


@pytest.mark.row("O12")
async def test_refusing_an_order_tells_1c_and_is_gone_once_it_is_paid(anna):
    uuid, paid = await waiting_for_partner(anna), await waiting_for_partner(anna)
    await from_1c(paid, status="in_work", confirmed_terms=1, paid=100)

    refused = await anna.post(f"/orders/{uuid}/refusal", data={"terms": "1", "reason": "Передумали"})
    late = await anna.post(f"/orders/{paid}/refusal", data={"terms": "1", "reason": ""})

    assert refused.status_code == 303 and await queued(uuid) == ["refuse"]
    read = text_of(await anna.get(f"/orders/{uuid}"))
    assert "Статус Отказ" in read and "Передумали" in read
    assert "/refusal" not in (await anna.get(f"/orders/{paid}")).text
    assert late.status_code == 422 and "только через менеджера" in text_of(late)


async def test_a_reason_at_its_limit_passes_and_over_it_is_told_and_kept(anna):
    uuid = await waiting_for_partner(anna)

    told = await anna.post(f"/orders/{uuid}/refusal", data={"terms": "1", "reason": "ю" * 501})

    assert told.status_code == 422 and "ю" * 501 in told.text and "длиннее 500" in told.text
    assert (await anna.post(f"/orders/{uuid}/refusal", data={"terms": "1", "reason": "ю" * 500})).status_code == 303


@pytest.mark.row("O18")
async def test_a_new_order_is_withdrawn_before_1c_has_it(anna):
    uuid = await ordered(anna)

    assert (await anna.post(f"/orders/{uuid}/refusal", data={"terms": "0", "reason": ""})).status_code == 303

    assert await queued(uuid) == []
    assert "Статус Отказ" in text_of(await anna.get(f"/orders/{uuid}"))


@pytest.mark.row("O18")
async def test_a_draft_is_edited_deleted_brought_back_and_placed(anna):
    await anna.put("Болт", "20")
    uuid = field(await anna.get("/cart"), "uuid")
    await anna.post("/cart/draft", data={"uuid": uuid})

    assert (await anna.post(f"/orders/{uuid}/editing")).headers["Location"] == "/cart"
    assert field(await anna.get("/cart"), "uuid") == uuid
    await anna.post("/cart/draft", data={"uuid": uuid})
    removed = await anna.post(f"/orders/{uuid}/removal")
    assert f"/orders/{uuid}/return" in (await anna.get(removed.headers["Location"])).text
    assert (await anna.get(f"/orders/{uuid}")).status_code == 404
    assert (await anna.post(f"/orders/{uuid}/return")).headers["Location"] == f"/orders/{uuid}"
    assert (await anna.post(f"/orders/{uuid}/placing")).status_code == 303
    assert await queued(uuid) == ["create"]


async def test_a_draft_whose_price_moved_shows_the_difference_and_one_whose_goods_are_gone_says_so(anna):
    await anna.put("Болт", "20")
    uuid = field(await anna.get("/cart"), "uuid")
    await anna.post("/cart/draft", data={"uuid": uuid})
    await set_price("Болт", "retail", "110.00")

    asked = await anna.post(f"/orders/{uuid}/placing")
    async with writing():
        await take("product", "Болт", name="Болт", unit=UNIT, visible=False)
    refused = await anna.post(f"/orders/{uuid}/placing", data={"seen": field(asked, "seen")})

    assert asked.status_code == 409 and f'action="/orders/{uuid}/placing"' in asked.text
    assert refused.status_code == 422 and "больше не продается" in text_of(refused)


async def test_why_an_order_is_not_in_1c_and_when_it_is_tried_again_stands_on_it(anna):
    uuid = await ordered(anna)
    async with writing():
        await execute("UPDATE queue SET error = '1С не отвечает', next_at = ?", datetime(2026, 3, 2, 9, 41, tzinfo=UTC))

    read = text_of(await anna.get(f"/orders/{uuid}"))

    assert "пока не передано в 1С. 1С не отвечает. Следующая попытка 2 марта, 12:41" in read


DEEDS = ["confirmation", "refusal", "approval", "decline", "undo", "editing", "removal", "return", "placing", "invoice"]


async def test_strangers_find_neither_the_order_nor_what_can_be_done_with_it(anna, strangers):
    uuid = await waiting_for_partner(anna)
    for name in ("colleague", "stranger", "another manager", "executor"):
        for path in ("", "/card", "/invoice", "/invoice/state"):
            assert (await strangers[name].get(f"/orders/{uuid}{path}")).status_code == 404, f"{name} {path}"
        for deed in DEEDS:
            answer = await strangers[name].post(f"/orders/{uuid}/{deed}", data={"terms": "1", "reason": "x"})
            assert answer.status_code == 404, f"{name} {deed}"
        assert uuid not in (await strangers[name].get("/orders")).text
    for path in ("", "/card", "/invoice"):
        assert (await strangers["nobody"].get(f"/orders/{uuid}{path}")).headers["Location"].startswith("/login")
    assert await queued(uuid) == []
    assert (await strangers["manager"].get(f"/orders/{uuid}")).status_code == 200
    assert (await strangers["manager"].post(f"/orders/{uuid}/confirmation", data={"terms": "1"})).status_code == 404


@pytest.mark.row("O11")
async def test_before_there_is_an_invoice_a_clear_message_stands_in_its_place(anna):
    new, uuid = await ordered(anna), await waiting_for_partner(anna)

    refused = await anna.post(f"/orders/{new}/invoice")
    asked = await anna.post(f"/orders/{uuid}/invoice")
    again = await anna.post(f"/orders/{uuid}/invoice")
    waits = await anna.get(asked.headers["Location"])

    assert refused.status_code == 422 and "когда заказ примут в 1С" in text_of(refused)
    assert "Счет появится" in text_of(await anna.get(f"/orders/{new}/invoice"))
    assert again.status_code == 303 and await queued(uuid) == ["document_request"]
    assert "Счет формируется в 1С" in text_of(waits) and "/invoice/state" in waits.text
    assert (await anna.get(f"/orders/{uuid}/invoice/state", headers=HTMX)).status_code == 204


@pytest.mark.row("O11")
async def test_the_pdf_of_1c_is_given_as_it_is(anna):
    uuid = await waiting_for_partner(anna)
    sha256 = await files.keep_new(b"%PDF-1.7 by 1C")
    await invoice(uuid, sha256=sha256)

    shown = await anna.get(f"/orders/{uuid}/invoice")

    assert shown.content == b"%PDF-1.7 by 1C" and shown.headers["Content-Type"] == "application/pdf"
    assert shown.headers["Cache-Control"] == "no-store" and "attachment" in shown.headers["Content-Disposition"]
    assert "Скачать счет" in (await anna.get(f"/orders/{uuid}/invoice/state", headers=HTMX)).text
    assert f'href="/orders/{uuid}/invoice"' in (await anna.get(f"/orders/{uuid}")).text


@pytest.mark.row("O11")
async def test_when_1c_sent_number_and_date_only_the_portal_draws_the_invoice(anna, tmp_path):
    uuid = await waiting_for_partner(anna)
    await invoice(uuid)

    shown = await anna.get(f"/orders/{uuid}/invoice")

    (tmp_path / "invoice.pdf").write_bytes(shown.content)
    read = " ".join(PdfReader(tmp_path / "invoice.pdf").pages[0].extract_text().split())
    assert "Счет на оплату № 14 от 2 марта 2026 г." in read and "Болт" in read and "ООО Ромашка" in read
    assert "Две тысячи рублей 00 копеек" in read


@pytest.mark.row("O11")
async def test_an_invoice_that_1c_has_deleted_is_not_given_any_more(anna):
    uuid = await waiting_for_partner(anna)
    await invoice(uuid)
    async with writing():
        await MIRROR.hide(uid(f"invoice {uuid}"))

    shown = await anna.get(f"/orders/{uuid}/invoice")

    assert shown.headers["Content-Type"].startswith("text/html") and "Счета ещё нет" in text_of(shown)
