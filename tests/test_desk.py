"""The manager's desk: what waits for him, decided in place, and only by him."""

import pytest

from data.database import fetch, reading, writing
from data.ordering import showing
from tests.cabinet import HTMX, from_1c, line, ordered, text_of
from tests.ordering.world import ROMASHKA, take, uid


async def waiting_for_manager(client):
    uuid = await ordered(client)
    await from_1c(uuid, status="wait_manager", total=200_000, lines=(line(), line("Гайка", 1000, 127, 127, n=2)))
    return uuid


async def queued(uuid):
    async with reading():
        return await fetch("SELECT op, next_at > created_at FROM queue WHERE object = ? ORDER BY id", uuid)


async def test_the_inbox_shows_what_waits_with_positions_sum_and_whom_to_call(anna, strangers):
    async with writing():
        await take("contact", "contact", partner=uid(ROMASHKA), name="Ольга", phone="+7 912 000-00-00")
    uuid = await waiting_for_manager(anna)

    shown = await strangers["manager"].get("/desk")

    read = text_of(shown)
    assert "Входящие заказы" in read and "Ромашка" in read and "0000-000014" in read
    assert "2 позиции 2 000,00 ₽" in read and "Подтвердить" in read
    assert 'href="tel:+79120000000"' in shown.text and 'id="badge-desk" class="badge">1' in shown.text
    assert uuid not in (await strangers["another manager"].get("/desk")).text


@pytest.mark.row("O20")
async def test_the_manager_confirms_in_place_and_may_take_it_back(anna, strangers):
    uuid, manager = await waiting_for_manager(anna), strangers["manager"]

    done = await manager.post(f"/desk/{uuid}/approval", data={"terms": "1"}, headers=HTMX)
    again = await manager.post(f"/desk/{uuid}/approval", data={"terms": "1"}, headers=HTMX)
    held = await queued(uuid)
    back = await manager.post(f"/desk/{uuid}/undo", headers=HTMX)

    assert "Передаётся в 1С" in done.text and "Отменить" in done.text and done.text == again.text
    assert held == [("approve", 1)]
    assert "Подтвердить" in back.text and await queued(uuid) == []


@pytest.mark.row("O20")
async def test_the_manager_declines_on_the_order_page_with_a_reason(anna, strangers):
    uuid, manager = await waiting_for_manager(anna), strangers["manager"]

    without = await manager.post(f"/orders/{uuid}/decline", data={"terms": "1", "reason": " "})
    done = await manager.post(f"/orders/{uuid}/decline", data={"terms": "1", "reason": "Нет товара"})

    assert without.status_code == 422 and "Укажите причину" in text_of(without)
    assert done.status_code == 303 and [op for op, _ in await queued(uuid)] == ["decline"]
    assert "Передаётся в 1С: отказ" in text_of(await manager.get(f"/orders/{uuid}"))


async def test_a_decision_on_old_terms_shows_the_fresh_order(anna, strangers):
    uuid, manager = await waiting_for_manager(anna), strangers["manager"]
    await from_1c(uuid, status="wait_manager", terms=2, lines=(line(),))

    plain = await manager.post(f"/desk/{uuid}/approval", data={"terms": "1"})
    fragment = await manager.post(f"/desk/{uuid}/approval", data={"terms": "garbage"}, headers=HTMX)

    assert plain.status_code == fragment.status_code == 409
    assert "тем временем изменился" in text_of(fragment) and 'name="terms" value="2"' in fragment.text
    assert await queued(uuid) == []


async def test_the_inbox_says_nothing_while_nothing_changes(anna, strangers):
    manager = strangers["manager"]
    seen = (await manager.get("/desk")).text.partition("seen=")[2][:16]
    assert (await manager.get(f"/desk/cards?seen={seen}", headers=HTMX)).status_code == 204

    await waiting_for_manager(anna)

    assert "Ромашка" in (await manager.get(f"/desk/cards?seen={seen}", headers=HTMX)).text


async def test_the_desk_is_for_who_decides_about_his_own_partners(anna, strangers):
    uuid = await waiting_for_manager(anna)
    for name in ("colleague", "stranger", "executor", "another manager"):
        others = await strangers[name].get("/desk")
        assert others.status_code == (200 if name == "another manager" else 404) and uuid not in others.text, name
        for deed in ("approval", "undo"):
            assert (await strangers[name].post(f"/desk/{uuid}/{deed}", data={"terms": "1"})).status_code == 404, name
    assert (await anna.get("/desk")).status_code == 404
    assert (await strangers["nobody"].get("/desk")).headers["Location"].startswith("/login")
    assert await queued(uuid) == []


async def test_a_partner_cannot_decide_for_the_manager(anna):
    uuid = await waiting_for_manager(anna)

    for deed in ("approval", "decline", "undo"):
        assert (await anna.post(f"/orders/{uuid}/{deed}", data={"terms": "1", "reason": "x"})).status_code == 404


async def test_a_full_inbox_says_how_many_more_wait_and_where(anna, strangers, monkeypatch):
    monkeypatch.setattr(showing, "PAGE", 1)
    await waiting_for_manager(anna)
    await waiting_for_manager(anna)

    shown = await strangers["manager"].get("/desk")

    assert "1 заказ ждёт ещё" in text_of(shown) and 'href="/orders?status=wait_manager"' in shown.text
