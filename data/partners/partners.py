"""Partners of 1C with their legal entities, contracts, agreements, people and addresses."""

from piccolo.columns import Boolean, Date, ForeignKey, Text, Varchar
from piccolo.table import Table

from data.access.organisations import Organisation
from data.columns import Money, Percent, Uid
from data.database import DB


class Manager(Table, db=DB, tablename="managers"):
    uuid = Uid(unique=True)
    name = Varchar(length=200)
    phone = Varchar(length=60)
    email = Varchar(length=254)
    visible = Boolean(default=True)


class Partner(Table, db=DB, tablename="partners"):
    """A customer (Партнер); its organisation on the portal carries the same uuid."""

    uuid = Uid(unique=True)
    organisation = ForeignKey(Organisation, index=True)
    name = Varchar(length=300)
    manager = Uid(index=True)
    segments = Text(default="[]", help_text="JSON list of segment ids")
    active = Boolean(default=True)


class Counterparty(Table, db=DB, tablename="counterparties"):
    """Контрагент: the legal entity of a partner that stands on the papers."""

    uuid = Uid(unique=True)
    partner = Uid(index=True)
    legal_name = Varchar(length=500)
    inn = Varchar(length=12)
    kpp = Varchar(length=9)
    ogrn = Varchar(length=15)
    address = Text()
    visible = Boolean(default=True)


class Contract(Table, db=DB, tablename="contracts"):
    """Договор с контрагентом."""

    uuid = Uid(unique=True)
    counterparty = Uid(index=True)
    seller = Uid()
    number = Varchar(length=100)
    date = Date(null=True, default=None)
    valid_to = Date(null=True, default=None)
    active = Boolean(default=True)


class Agreement(Table, db=DB, tablename="agreements"):
    """Соглашение с клиентом: individual of one partner, or typical of a segment; the price type belongs to it."""

    uuid = Uid(unique=True)
    kind = Varchar(length=12)
    partner = Uid(index=True)
    segment = Uid()
    counterparty = Uid()
    requires_contract = Boolean(default=False)
    name = Varchar(length=300)
    seller = Uid()
    price_type = Uid()
    discount = Percent()
    warehouse = Uid()
    payment_terms = Varchar(length=300)
    credit_limit = Money(null=True, default=None)
    min_order_sum = Money()
    currency = Varchar(length=3, default="RUB")
    valid_from = Date(null=True, default=None)
    valid_to = Date(null=True, default=None)
    active = Boolean(default=True)


class Contact(Table, db=DB, tablename="contacts"):
    """Контактное лицо партнера."""

    uuid = Uid(unique=True)
    partner = Uid(index=True)
    name = Varchar(length=200)
    position = Varchar(length=200)
    phone = Varchar(length=60)
    email = Varchar(length=254)
    visible = Boolean(default=True)


class Address(Table, db=DB, tablename="addresses"):
    """Адрес доставки партнера."""

    uuid = Uid(unique=True)
    partner = Uid(index=True)
    text = Text()
    comment = Text()
    visible = Boolean(default=True)
