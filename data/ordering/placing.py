"""«Сохранить заказ» and «Оформить заказ»: the cart becomes a draft or an order; a new order is queued for 1C at once."""

from dataclasses import dataclass
from datetime import datetime

from data.access.person import Person
from data.database import execute, execute_many, fetch_one, writing
from data.errors import Missing, Refusal
from data.exchange.queue import enqueue
from data.ordering.cart import Cart, cart_of, own_row
from data.ordering.orders import CART, DELETED, DRAFT, NEW, UNKNOWN_TO_1C
from data.ordering.telling import tell_new_order
from data.ordering.trail import happened, keep_version


@dataclass(frozen=True)
class Moved:
    """Price or stock is not what the person put in: he is shown the difference and asked once more."""

    cart: Cart


@dataclass(frozen=True)
class Placed:
    uuid: str


async def save_draft(who: Person, uuid: str, now: datetime) -> Placed:
    """«Сохранить заказ»: a draft of which 1C hears nothing; it never expires. Raises Missing, Refusal."""
    async with writing():
        if await _is_beyond(who, uuid):
            return Placed(uuid)
        order = await own_row(who, uuid)
        cart = await cart_of(who, uuid, now)
        _has_lines(cart)
        if cart.status == CART:
            await _snapshot(order, cart)
            await execute("UPDATE orders SET status = ?, at = ?, version = version + 1 WHERE id = ?", DRAFT, now, order)
            await happened(order, "Сохранён черновик", who=who.name, now=now)
    return Placed(uuid)


async def place(who: Person, uuid: str, now: datetime, *, seen: str = "") -> Placed | Moved:
    """«Оформить заказ». ``seen``: the mark of what was shown, so that only news is asked about.

    Placing the same order again is the same order. Raises Missing, Refusal with everything that is in the way.
    """
    async with writing():
        if await _is_beyond(who, uuid):
            return Placed(uuid)
        order = await own_row(who, uuid)
        cart = await cart_of(who, uuid, now)
        _has_lines(cart)
        troubles = [*cart.problems, *(f"{line.name}: {line.problem}" for line in cart.lines if line.problem)]
        if troubles:
            raise Refusal(" ".join(troubles))
        if cart.moved and seen != cart.seen:
            return Moved(cart)
        await _snapshot(order, cart)
        await _become_new(who, order, cart, now)
        await keep_version(order, 0, now)
        await happened(order, "Заказ оформлен", who=who.name, now=now)
        await enqueue("order", "create", uuid, title=f"Заказ: {who.organisation_name}", data={}, now=now)
        await tell_new_order(order, now)
    return Placed(uuid)


async def edit_draft(who: Person, uuid: str, now: datetime) -> None:
    """«Изменить»: the draft is the person's cart again; what was in the cart becomes a draft. Raises Missing."""
    async with writing():
        order = await own_row(who, uuid, (DRAFT,))
        found = await fetch_one(
            'SELECT id, (SELECT count(*) FROM order_lines WHERE "order" = orders.id) FROM orders'
            " WHERE author = ? AND organisation = ? AND status = ?",
            who.user, who.organisation, CART,
        )  # fmt: skip
        if found and found[1]:
            await execute("UPDATE orders SET status = ?, at = ? WHERE id = ?", DRAFT, now, found[0])
            await happened(found[0], "Корзина отложена в черновики", who=who.name, now=now)
        elif found:
            await execute("DELETE FROM orders WHERE id = ?", found[0])
        await execute(
            "UPDATE orders SET status = ?, author = ?, author_name = ?, version = version + 1 WHERE id = ?",
            CART, who.user, who.name, order,
        )  # fmt: skip


async def delete_draft(who: Person, uuid: str) -> None:
    """Throw a draft away; it can be brought back. Repeating is harmless. Raises Missing."""
    async with writing():
        order = await own_row(who, uuid, (DRAFT, DELETED))
        await execute("UPDATE orders SET status = ?, version = version + 1 WHERE id = ?", DELETED, order)


async def restore_draft(who: Person, uuid: str) -> None:
    """Bring a thrown away draft back. Raises Missing."""
    async with writing():
        order = await own_row(who, uuid, (DRAFT, DELETED))
        await execute("UPDATE orders SET status = ?, version = version + 1 WHERE id = ?", DRAFT, order)


async def _is_beyond(who: Person, uuid: str) -> bool:
    """This very person has placed the order before: a double tap, a retry of the browser. Raises Missing when not his."""
    found = await fetch_one(
        "SELECT status, author = ? FROM orders WHERE uuid = ? AND organisation = ?", who.user, uuid, who.organisation
    )
    if found is None:
        raise Missing(f"order {uuid}")
    return found[0] not in UNKNOWN_TO_1C and bool(found[1])


def _has_lines(cart: Cart) -> None:
    if not cart.lines:
        raise Refusal("Корзина пуста: выберите товары в каталоге.")


async def _snapshot(order: int, cart: Cart) -> None:
    await execute_many(
        'UPDATE order_lines SET name = ?, unit = ?, price = ?, vat = ?, vat_sum = ?, sum = ? WHERE "order" = ? AND n = ?',
        [(line.name, line.unit, line.price, line.vat, line.vat_sum, line.sum, order, line.n) for line in cart.lines],
    )
    await execute("UPDATE orders SET total = ? WHERE id = ?", cart.total, order)


async def _become_new(who: Person, order: int, cart: Cart, now: datetime) -> None:
    details, terms = cart.details, cart.terms
    assert terms is not None
    await execute(
        "UPDATE orders SET status = ?, at = ?, placed_at = ?, author = ?, author_name = ?, partner = ?, contact = ?,"
        " agreement = ?, counterparty = ?, contract = ?, seller = ?, warehouse = ?, delivery_method = ?,"
        " delivery_address = ?, currency = ?, version = version + 1 WHERE id = ?",
        NEW, now, now, who.user, who.name, who.partner, who.contact, details.agreement, details.counterparty,
        details.contract, terms.seller, terms.warehouse, details.delivery_method, details.delivery_address,
        terms.currency, order,
    )  # fmt: skip
    await execute(
        "UPDATE orders SET manager = m.uuid, manager_name = m.name, manager_phone = m.phone, manager_email = m.email"
        " FROM (SELECT g.uuid, g.name, g.phone, g.email FROM partners p JOIN managers g ON g.uuid = p.manager"
        " WHERE p.uuid = ?) AS m WHERE orders.id = ?",
        who.partner, order,
    )  # fmt: skip
