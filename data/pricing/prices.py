"""Prices as 1C told them: by price type (Вид цен), and personal ones of an agreement."""

from datetime import date

from piccolo.columns import Boolean, Date, ForeignKey, Varchar
from piccolo.columns.base import OnDelete
from piccolo.table import Table

from data.catalogue.products import Product
from data.columns import Money, Percent, Uid
from data.database import DB
from data.mirror import Mirror

ALWAYS = date(1, 1, 1)  # a price without a first day holds since ever


class PriceType(Table, db=DB, tablename="price_types"):
    uuid = Uid(unique=True)
    name = Varchar(length=200)
    currency = Varchar(length=3, default="RUB")
    vat_included = Boolean(default=True)
    visible = Boolean(default=True)


class Price(Table, db=DB, tablename="prices"):
    """Key: product, price_type, variant, pack (empty: none), valid_from. A price set for later does not hide today's."""

    uuid = Uid(index=True, help_text="made of the key without valid_from, so several rows may carry it")
    product = ForeignKey(Product, on_delete=OnDelete.cascade)
    price_type = Uid()
    variant = Uid()
    pack = Uid()
    valid_from = Date()
    price = Money()
    currency = Varchar(length=3, default="RUB")


class PersonalPrice(Table, db=DB, tablename="personal_prices"):
    """Key: agreement, product, variant (empty: none), valid_from. A price, or a discount on the type's price."""

    uuid = Uid(index=True, help_text="made of the key without valid_from")
    product = ForeignKey(Product, on_delete=OnDelete.cascade)
    agreement = Uid()
    variant = Uid()
    price = Money(null=True, default=None)
    discount = Percent(null=True, default=None)
    valid_from = Date(default=ALWAYS)
    valid_to = Date(null=True, default=None)


KEYS = (
    "CREATE UNIQUE INDEX IF NOT EXISTS prices_key ON prices (product, price_type, variant, pack, valid_from)",
    "CREATE UNIQUE INDEX IF NOT EXISTS personal_prices_key ON personal_prices (product, agreement, variant, valid_from)",
)
PRICE_TYPES = Mirror(PriceType, named_in=[("prices", "price_type"), ("agreements", "price_type")])
