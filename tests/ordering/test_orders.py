"""The rules of orders: placing, decisions and their guards, what 1C says, the list by cursor."""

import pytest

from data.database import execute, fetch, reading, writing
from data.errors import Missing, Refusal, Stale
from data.exchange import channel
from data.ordering import accepted, cart, decisions, filling, placing, showing
from data.ordering.accepted import LineFacts, OrderFacts
from data.ordering.filling import Wanted
from tests.ordering.world import LUTIK, NOW, later, person, uid


async def placed_by(who, quantity="20"):
    await filling.set_quantity(who, Wanted(uid("Болт"), quantity), NOW)
    shown = await cart.show(who, NOW)
    return (await placing.place(who, shown.uuid, NOW, seen=shown.seen)).uuid


async def from_1c(uuid, *, lines=None, **fields):
    fields = {"guid": uid(f"guid {uuid}"), "number": "0000-000014", "terms": 1, **fields}
    async with writing():
        return await accepted.take(uuid, OrderFacts(fields, lines), later())


def line(quantity=20_000, price=10_000, total=200_000, **more):
    return LineFacts(
        n=1, product=uid("Болт"), name="Болт", unit="шт", quantity=quantity, price=price, sum=total, **more
    )


async def owed(uuid):
    async with reading():
        return await fetch("SELECT op, data FROM queue WHERE object = ? ORDER BY id", uuid)


async def waiting_for_partner(who, terms=1):
    uuid = await placed_by(who)
    await from_1c(uuid, status="wait_manager", terms=terms, lines=(line(),))
    async with writing():
        await execute("DELETE FROM queue WHERE object = ?", uuid)
    await from_1c(uuid, status="wait_partner", terms=terms)
    return uuid


async def test_a_placed_order_is_new_queued_once_and_the_cart_is_empty(market):
    anna = await person("Анна")
    uuid = await placed_by(anna)
    again = await placing.place(anna, uuid, NOW)

    assert again.uuid == uuid
    assert [op for op, _ in await owed(uuid)] == ["create"]
    assert (await cart.show(anna, NOW)).uuid == ""
    assert (await showing.order(anna, uuid)).label == "Новый"


async def test_a_draft_is_kept_edited_deleted_brought_back_and_placed(market):
    anna = await person("Анна")
    await filling.set_quantity(anna, Wanted(uid("Болт"), "20"), NOW)
    uuid = (await cart.show(anna, NOW)).uuid
    await placing.save_draft(anna, uuid, NOW)
    assert (await showing.order(anna, uuid)).label == "Черновик"
    assert await owed(uuid) == []

    await filling.set_quantity(anna, Wanted(uid("Гайка"), "5"), NOW)
    other = (await cart.show(anna, NOW)).uuid
    await placing.edit_draft(anna, uuid, NOW)
    assert (await cart.show(anna, NOW)).uuid == uuid
    assert (await showing.order(anna, other)).label == "Черновик"

    await placing.delete_draft(anna, other)
    with pytest.raises(Missing):
        await showing.order(anna, other)
    await placing.restore_draft(anna, other)
    await placing.place(anna, other, NOW, seen=(await cart.draft(anna, other, NOW)).seen)
    assert (await showing.order(anna, other)).label == "Новый"


async def test_an_empty_cart_is_neither_saved_nor_placed(market):
    anna = await person("Анна")
    await filling.set_quantity(anna, Wanted(uid("Болт"), "20"), NOW)
    uuid = (await cart.show(anna, NOW)).uuid
    await filling.set_quantity(anna, Wanted(uid("Болт"), "0"), NOW)

    for step in (placing.place, placing.save_draft):
        with pytest.raises(Refusal, match="пуста"):
            await step(anna, uuid, NOW)


async def test_accepted_by_1c_it_has_a_number_and_1cs_sums(market):
    anna = await person("Анна")
    uuid = await placed_by(anna)

    await from_1c(uuid, status="wait_manager", total=12_345, lines=(line(total=9_999),))

    card = await showing.card(anna, uuid)
    assert (card.order.number, card.order.label) == ("0000-000014", "Ожидает подтверждения менеджера")
    assert (card.order.total, card.lines[0].sum) == (12_345, 9_999)


async def test_the_partner_confirms_what_he_saw_once(market):
    anna = await person("Анна")
    uuid = await waiting_for_partner(anna)

    with pytest.raises(Stale):
        await decisions.confirm(anna, uuid, 0, NOW)
    await decisions.confirm(anna, uuid, 1, NOW)
    await decisions.confirm(anna, uuid, 1, NOW)

    assert (await showing.order(anna, uuid)).label == "В работе"
    assert [op for op, _ in await owed(uuid)] == ["confirm"]


async def test_a_letter_says_that_the_order_waits(market):
    anna = await person("Анна")
    uuid = await waiting_for_partner(anna)

    async with reading():
        letters = await fetch('SELECT "to", subject FROM letters WHERE event LIKE ?', f"order-waits:{uuid}:%")
    assert letters == [(f"{uid('Анна')}@example.com", "Заказ № 0000-000014 ожидает вашего подтверждения")]


async def test_an_older_state_from_1c_does_not_undo_a_confirmation_on_its_way(market):
    anna = await person("Анна")
    uuid = await waiting_for_partner(anna)
    await decisions.confirm(anna, uuid, 1, NOW)

    await from_1c(uuid, status="wait_partner", paid=5000)

    assert (await showing.order(anna, uuid)).label == "В работе"


async def test_lines_changed_in_1c_after_confirmation_are_shown_and_confirmed_anew(market):
    anna = await person("Анна")
    uuid = await waiting_for_partner(anna)
    await decisions.confirm(anna, uuid, 1, NOW)
    async with writing():
        await accepted.sent(uuid, "confirm")

    await from_1c(uuid, status="in_work", terms=2, confirmed_terms=1, lines=(line(10_000, 11_000, 110_000),))

    card = await showing.card(anna, uuid)
    assert card.order.label == "Ожидает вашего подтверждения"
    (change,) = card.changes
    assert (change.was_quantity, change.quantity, change.was_price, change.price) == (20_000, 10_000, 10_000, 11_000)
    with pytest.raises(Stale):
        await decisions.confirm(anna, uuid, 1, NOW)
    await decisions.confirm(anna, uuid, 2, NOW)
    assert (await showing.order(anna, uuid)).label == "В работе"


async def test_refused_before_it_was_sent_1c_hears_nothing(market):
    anna = await person("Анна")
    uuid = await placed_by(anna)

    await decisions.refuse(anna, uuid, 0, "передумали", NOW)

    assert (await showing.order(anna, uuid)).label == "Отказ"
    assert await owed(uuid) == []


async def test_refused_after_it_was_sent_1c_is_told_after_the_order_itself(market):
    anna = await person("Анна")
    uuid = await placed_by(anna)
    async with writing():
        await execute("UPDATE queue SET attempts = 1 WHERE object = ?", uuid)

    await decisions.refuse(anna, uuid, 0, "передумали", NOW)

    assert [op for op, _ in await owed(uuid)] == ["create", "refuse"]


@pytest.mark.parametrize("progress", [{"paid": 100}, {"shipped": 100}])
async def test_a_paid_or_shipped_order_cannot_be_refused(market, progress):
    anna = await person("Анна")
    uuid = await waiting_for_partner(anna)
    await from_1c(uuid, status="in_work", confirmed_terms=1, **progress)

    assert not (await showing.order(anna, uuid)).may_refuse
    with pytest.raises(Refusal, match="оплачен или отгружен"):
        await decisions.refuse(anna, uuid, 1, "", NOW)


async def test_the_manager_decides_for_his_partners_and_may_undo_while_it_is_held(market):
    anna, manager = await person("Анна"), await person("Зудеев", "", "manager")
    uuid = await placed_by(anna)
    await from_1c(uuid, status="wait_manager", lines=(line(),))

    await decisions.approve(manager, uuid, 1, NOW)
    assert (await showing.order(manager, uuid)).sending == "approve"
    with pytest.raises(Stale):
        await decisions.decline(manager, uuid, 1, "нет товара", NOW)
    await decisions.undo(manager, uuid, NOW)

    assert (await showing.order(manager, uuid)).may_decide
    await decisions.decline(manager, uuid, 1, "нет товара", NOW)
    assert "decline" in [op for op, _ in await owed(uuid)]


async def test_declining_wants_a_reason(market):
    manager = await person("Зудеев", "", "manager")
    uuid = await placed_by(await person("Анна"))
    await from_1c(uuid, status="wait_manager", lines=(line(),))

    with pytest.raises(Refusal, match="причину"):
        await decisions.decline(manager, uuid, 1, "  ", NOW)


async def test_whoever_may_not_see_an_order_does_not_find_it(market):
    anna = await person("Анна")
    uuid = await placed_by(anna)
    await from_1c(uuid, status="wait_partner", lines=(line(),))
    clara, contact = await person("Клара"), await person("Петр", role="contact")
    stranger, executor = await person("Борис", LUTIK), await person("Иван", "", "executor")

    assert (await showing.order(clara, uuid)).uuid == uuid
    for who in (contact, stranger, executor):
        with pytest.raises(Missing):
            await showing.card(who, uuid)
        with pytest.raises(Missing):
            await decisions.confirm(who, uuid, 1, NOW)
        with pytest.raises(Missing):
            await decisions.refuse(who, uuid, 1, "", NOW)
        assert (await showing.orders(who)).orders == ()


async def test_a_manager_of_another_partner_does_not_find_it_either(market):
    uuid = await placed_by(await person("Анна"))
    async with writing():
        await execute("UPDATE partners SET manager = ?", uid("other manager"))
    manager = await person("Зудеев", "", "manager")

    with pytest.raises(Missing):
        await decisions.approve(manager, uuid, 0, NOW)


async def test_orders_born_in_1c_appear_once_with_what_they_are(market):
    anna = await person("Анна")
    born = {"partner": uid("Ромашка"), "status": "closed", "at": NOW, "total": 20_000, "origin": "1c"}

    await from_1c(uid("по телефону"), lines=(line(),), **born)
    await from_1c(uid("по телефону"), lines=(line(),), **born)

    assert [(each.number, each.label) for each in (await showing.orders(anna)).orders] == [("0000-000014", "Закрыт")]


async def test_an_order_of_an_unknown_partner_waits(market):
    assert not await from_1c(uid("чужой"), partner=uid("никто"), status="closed")


async def test_the_list_pages_by_cursor_to_its_end(market, monkeypatch):
    monkeypatch.setattr(showing, "PAGE", 3)
    anna = await person("Анна")
    for n in range(7):
        await from_1c(
            uid(f"n{n}"), number=f"{n}", guid=uid(f"g{n}"), partner=uid("Ромашка"), status="closed", at=later(n)
        )

    seen, after = [], ""
    while True:
        page = await showing.orders(anna, after=after)
        seen += [each.number for each in page.orders]
        after = page.after
        if not after:
            break

    assert seen == ["6", "5", "4", "3", "2", "1", "0"]


async def test_a_partner_reads_that_nothing_is_lost_the_manager_what_to_mend(market):
    anna, manager = await person("Анна"), await person("Зудеев", "", "manager")
    uuid = await placed_by(anna)
    async with writing():
        await channel.failed("Неверный логин или пароль", open_until=later(30), urgent=True, now=NOW)

    (seen,), (known,) = (await showing.card(anna, uuid)).owed, (await showing.card(manager, uuid)).owed

    assert (seen.error, known.error) == (showing.AWAY, "Неверный логин или пароль")
    assert seen.next_at == later(30)
