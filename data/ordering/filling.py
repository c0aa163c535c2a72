"""Putting goods into the cart: the wanted quantity is sent, never a difference, so repeating it is harmless."""

from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from data.access.person import Person
from data.database import execute, fetch_one, writing
from data.errors import Missing, Refusal
from data.numbers import thousandths, units
from data.ordering.cart import own_row
from data.ordering.cart_details import Details
from data.ordering.cart_line import PackChoice, packs_of
from data.ordering.orders import CART
from data.ordering.shelf import Basis, Item, basis_of, item_of
from data.ordering.summary import Summary
from data.pricing.price import prices_of

MOST = 100_000_000  # thousandths: a hundred thousand units on one line; more is a slip of the finger
MOST_LINES = 2000  # 1C's document takes more; a page and a phone do not
MOST_COMMENT = 1000  # characters; 1C keeps comments without a limit, people do not read them so
MEASURED = frozenset(
    ["006", "055", "112", "113", "163", "166", "168"]
)  # ОКЕИ: metre, m², litre, m³, gram, kilogram, tonne


class NotMultiple(Refusal):
    """The quantity does not fit the pack; the two nearest that do, in thousandths, 0 when there is no lower one."""

    def __init__(self, multiple: int, wanted: int) -> None:
        self.lower = wanted // multiple * multiple
        self.upper = self.lower + multiple
        both = " или ".join(units(one) for one in (self.lower, self.upper) if one)
        super().__init__(f"Кратно {units(multiple)}: {both}", "quantity")


@dataclass(frozen=True)
class Touched:
    """What a tap changed: the row of the catalogue and the cart's summary. ``live`` is said to a screen reader."""

    item: Item
    cart: Summary


@dataclass(frozen=True)
class Wanted:
    """What the person asked for: the quantity as typed, in base units or in packs."""

    product: str
    quantity: str
    variant: str = ""
    pack: str = ""


@dataclass(frozen=True)
class Goods:
    """What may be put in: thousandths of a base unit; ``multiple`` 0 when any quantity may be."""

    product: int
    name: str
    unit: str
    multiple: int
    least: int
    vat: str
    pack: PackChoice | None

    def fits(self, quantity: int) -> None:
        """Raises Refusal for too much or too little, NotMultiple between two packs."""
        if quantity > MOST:
            raise Refusal(f"Слишком много: не больше {units(MOST)}.", "quantity")
        if self.multiple and quantity % self.multiple:
            raise NotMultiple(self.multiple, quantity)
        if quantity < self.least:
            raise Refusal(f"Не меньше {units(self.least)} {self.unit}.", "quantity")


async def set_quantity(who: Person, wanted: Wanted, now: datetime) -> Touched:
    """Put exactly this much of a product into the cart, 0 takes it out. Raises Missing, Refusal, NotMultiple."""
    typed = _typed(wanted.quantity)
    async with writing():
        basis = await basis_of(who, now)
        await _put(basis, wanted, typed)
        fresh = await basis_of(who, now)
        return Touched(await item_of(fresh, wanted.product), fresh.summary)


async def remove_line(who: Person, uuid: str, n: int) -> None:
    """Take a line out of the cart or a draft, also one whose product is no longer sold. Raises Missing."""
    async with writing():
        order = await own_row(who, uuid)
        await execute('DELETE FROM order_lines WHERE "order" = ? AND n = ?', order, n)


async def set_details(who: Person, uuid: str, details: Details) -> None:
    """Keep what was chosen and written beside the goods. Raises Missing, Refusal for texts that are too long."""
    if len(details.comment) > MOST_COMMENT:
        raise Refusal(f"Комментарий длиннее {MOST_COMMENT} знаков: сократите его.", "comment")
    if len(details.partner_number) > 50 or len(details.delivery_address) > 500:
        raise Refusal("Слишком длинный номер или адрес: сократите его.", "delivery_address")
    async with writing():
        order = await own_row(who, uuid)
        await execute(
            "UPDATE orders SET agreement = ?, counterparty = ?, contract = ?, delivery_method = ?, delivery_address = ?,"
            " delivery_date = ?, partner_number = ?, comment = ?, version = version + 1 WHERE id = ?",
            details.agreement, details.counterparty, details.contract, details.delivery_method, details.delivery_address,
            details.delivery_date, details.partner_number, details.comment, order,
        )  # fmt: skip


def _typed(text: str) -> int:
    """Thousandths in what was typed, comma or dot; Refusal when it is no quantity."""
    cleaned = "".join(text.split()).replace(",", ".").replace("\u2212", "-")
    try:
        value = thousandths(cleaned or "0")
    except ValueError as error:
        raise Refusal("Введите количество числом, например 12.", "quantity") from error
    if value < 0:
        raise Refusal("Количество не может быть меньше нуля.", "quantity")
    if value > MOST:
        raise Refusal(f"Слишком много: не больше {units(MOST)}.", "quantity")
    return value


async def _put(basis: Basis, wanted: Wanted, typed: int) -> None:
    if typed == 0:
        await _take_out(basis.who, wanted)
        return
    goods = await _goods(wanted)
    quantity = typed * goods.pack.factor // 1000 if goods.pack else typed
    goods.fits(quantity)
    prices = await prices_of([goods.product], basis.terms, basis.shop.today(basis.now))
    factors = {goods.pack.uuid: goods.pack.factor} if goods.pack else {}
    priced = prices[goods.product].holds(wanted.variant, wanted.pack, factors)
    if priced is None:
        raise Refusal("Цена по запросу: спросите менеджера.", "quantity")
    pack_name = goods.pack.name if goods.pack else ""
    facts = (
        quantity,
        wanted.pack,
        pack_name,
        typed if goods.pack else 0,
        priced.of_unit,
        priced.of(quantity),
        goods.vat,
    )
    await _keep_line(await _cart_row(basis.who, basis.now), wanted, goods, facts)


async def _goods(wanted: Wanted) -> Goods:
    row = await fetch_one(
        "SELECT id, name, unit, okei, multiple, min_quantity, vat,"
        " (SELECT count(*) FROM variants v WHERE v.product = p.id AND v.visible = 1)"
        " FROM products p WHERE uuid = ? AND visible = 1",
        wanted.product,
    )
    if row is None:
        raise Missing(f"product {wanted.product}")
    product, name, unit, okei, multiple, least, vat, variants = row
    if variants and not wanted.variant:
        raise Refusal("Выберите вариант товара.", "variant")
    if wanted.variant and await _no_variant(product, wanted.variant):
        raise Missing(f"variant {wanted.variant}")
    pack = next((one for one in (await packs_of([product])).get(product, ()) if one.uuid == wanted.pack), None)
    if wanted.pack and pack is None:
        raise Missing(f"pack {wanted.pack}")
    return Goods(product, name, unit, multiple or (0 if okei in MEASURED else 1000), least, vat, pack)


async def _keep_line(order: int, wanted: Wanted, goods: Goods, facts: tuple[object, ...]) -> None:
    """One line of a product and variant: a second one in another pack replaces the first."""
    changed = await execute(
        "UPDATE order_lines SET quantity = ?, pack = ?, pack_name = ?, packs = ?, price = ?, sum = ?, vat = ?"
        ' WHERE "order" = ? AND product = ? AND variant = ?',
        *facts, order, wanted.product, wanted.variant,
    )  # fmt: skip
    if changed:
        return
    if await _count(order) >= MOST_LINES:
        raise Refusal(f"В заказе не больше {MOST_LINES} строк: оформите этот и начните новый.", "quantity")
    await execute(
        'INSERT INTO order_lines ("order", n, product, variant, name, unit, quantity, pack, pack_name, packs, price, sum,'
        " vat) SELECT ?, coalesce(max(n), 0) + 1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ? FROM order_lines WHERE \"order\" = ?",
        order, wanted.product, wanted.variant, goods.name, goods.unit, *facts, order,
    )  # fmt: skip


async def _take_out(who: Person, wanted: Wanted) -> None:
    await execute(
        'DELETE FROM order_lines WHERE product = ? AND variant = ? AND "order" IN'
        " (SELECT id FROM orders WHERE author = ? AND organisation = ? AND status = ?)",
        wanted.product, wanted.variant, who.user, who.organisation, CART,
    )  # fmt: skip


async def _no_variant(product: int, variant: str) -> bool:
    return (
        await fetch_one("SELECT 1 FROM variants WHERE uuid = ? AND product = ? AND visible = 1", variant, product)
        is None
    )


async def _count(order: int) -> int:
    found = await fetch_one('SELECT count(*) FROM order_lines WHERE "order" = ?', order)
    assert found is not None
    return int(found[0])


async def _cart_row(who: Person, now: datetime) -> int:
    await execute(
        "INSERT INTO orders (uuid, organisation, author, author_name, status, at, partner, contact)"
        " SELECT ?, ?, ?, ?, ?, ?, ?, ? WHERE NOT EXISTS"
        " (SELECT 1 FROM orders WHERE author = ? AND organisation = ? AND status = 'cart')",
        str(uuid4()), who.organisation, who.user, who.name, CART, now, who.partner, who.contact, who.user, who.organisation,
    )  # fmt: skip
    found = await fetch_one(
        "SELECT id FROM orders WHERE author = ? AND organisation = ? AND status = ?", who.user, who.organisation, CART
    )
    assert found is not None
    return int(found[0])
