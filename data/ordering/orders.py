"""Orders (Заказ клиента) with their lines. The cart and a draft are orders too, of which 1C knows nothing yet.

The order's uuid is made with the cart: however often its form is sent, it is one order.
"""

from piccolo.columns import BigInt, Boolean, Date, ForeignKey, Integer, Text, Timestamptz, Varchar
from piccolo.columns.base import OnDelete
from piccolo.table import Table

from data.access.organisations import Organisation
from data.access.users import User
from data.columns import Money, Percent, Quantity, Uid
from data.database import DB

CART = "cart"
DRAFT, NEW = "draft", "new"
WAIT_MANAGER, WAIT_PARTNER, IN_WORK = "wait_manager", "wait_partner", "in_work"
REFUSED, CLOSED = "refused", "closed"
DELETED = "deleted"  # a draft thrown away: kept so that it can be brought back
UNKNOWN_TO_1C = (CART, DRAFT, DELETED)
FINAL = (REFUSED, CLOSED)

LABELS = {
    CART: "Корзина",
    DRAFT: "Черновик",
    NEW: "Новый",
    WAIT_MANAGER: "Ожидает подтверждения менеджера",
    WAIT_PARTNER: "Ожидает вашего подтверждения",
    IN_WORK: "В работе",
    REFUSED: "Отказ",
    CLOSED: "Закрыт",
}
ORIGINAL_LABELS = LABELS | {
    WAIT_MANAGER: "Ожидает подтверждение менеджера",
    WAIT_PARTNER: "Ожидает вашего подтверждение",
}


class Order(Table, db=DB, tablename="orders"):
    uuid = Uid(unique=True)
    organisation = ForeignKey(Organisation)
    author = ForeignKey(User, null=True, on_delete=OnDelete.set_null, help_text="null: born in 1C")
    author_name = Varchar(length=200)
    origin = Varchar(length=10, default="portal")
    status = Varchar(length=20)
    state = Varchar(length=200, help_text="«Состояние», filled by 1C only")
    at = Timestamptz(help_text="of the document: 1C's date once there is one, else placed or saved")
    placed_at = Timestamptz(null=True, default=None)
    number = Varchar(length=50)
    guid = Uid(index=True, help_text="the document in 1C")
    terms = Integer(help_text="grows when lines, prices or delivery change in 1C")
    confirmed_terms = Integer(null=True, default=None)
    version = BigInt(help_text="of our own row: a decision names the version it was made on")
    partner = Uid()
    counterparty = Uid()
    agreement = Uid()
    contract = Uid()
    seller = Uid()
    contact = Uid()
    warehouse = Uid()
    delivery_method = Varchar(length=50, default="pickup")
    delivery_address = Text()
    delivery_date = Date(null=True, default=None)
    partner_number = Varchar(length=50)
    comment = Text()
    manager = Uid()
    manager_name = Varchar(length=200)
    manager_phone = Varchar(length=60)
    manager_email = Varchar(length=254)
    total = Money()
    currency = Varchar(length=3, default="RUB")
    paid = Percent()
    shipped = Percent()
    reason = Text(help_text="of a refusal")
    sending = Varchar(length=20, help_text="the decision on its way to 1C: approve, decline, confirm, refuse")
    problem = Text(help_text="why 1C has not taken it, in words for the person")


class OrderLine(Table, db=DB, tablename="order_lines"):
    """``price`` and ``sum`` are today's in a cart or a draft when last touched, and 1C's once 1C has accepted."""

    order = ForeignKey(Order, on_delete=OnDelete.cascade)
    n = Integer()
    product = Uid()
    variant = Uid()
    name = Varchar(length=1000)
    quantity = Quantity(help_text="base units")
    unit = Varchar(length=30)
    pack = Uid()
    pack_name = Varchar(length=100)
    packs = Quantity(help_text="how many packs the person ordered, 0 when in base units")
    price = Money(null=True, default=None)
    discount = Percent()
    vat = Varchar(length=10)
    vat_sum = Money()
    sum = Money()
    comment = Varchar(length=500)
    cancelled = Boolean(default=False)
    cancel_reason = Varchar(length=300)
    shipped = Quantity()
    ship_date = Date(null=True, default=None)


class OrderVersion(Table, db=DB, tablename="order_versions"):
    """The lines as they stood under given terms, so that a change can be shown by the line. Key: order, terms."""

    order = ForeignKey(Order, on_delete=OnDelete.cascade, index=True)
    terms = Integer(help_text="0: as the person ordered")
    at = Timestamptz()
    lines = Text(help_text="JSON list of the lines")
    total = Money()


class OrderEvent(Table, db=DB, tablename="order_events"):
    """The trail of an order: what happened, when, by whom."""

    order = ForeignKey(Order, on_delete=OnDelete.cascade, index=True)
    at = Timestamptz()
    who = Varchar(length=200)
    text = Text()


KEYS = (
    "CREATE UNIQUE INDEX IF NOT EXISTS orders_cart ON orders (author, organisation) WHERE status = 'cart'",
    "CREATE INDEX IF NOT EXISTS orders_list ON orders (organisation, at DESC, id DESC)",
    "CREATE INDEX IF NOT EXISTS orders_inbox ON orders (status, at)",
    'CREATE UNIQUE INDEX IF NOT EXISTS order_lines_key ON order_lines ("order", n)',
    'CREATE UNIQUE INDEX IF NOT EXISTS order_versions_key ON order_versions ("order", terms)',
)
