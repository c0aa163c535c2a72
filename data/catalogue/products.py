"""Products (Номенклатура) with their variants (Характеристики), packs (Упаковки), barcodes and pictures."""

from piccolo.columns import Boolean, ForeignKey, Text, Varchar
from piccolo.columns.base import OnDelete
from piccolo.table import Table

from data.columns import Quantity, Uid
from data.database import DB


class Product(Table, db=DB, tablename="products"):
    """``path`` and ``sort_name`` order the catalogue; (visible, path, sort_name, id) is its index."""

    uuid = Uid(unique=True)
    code = Varchar(length=50)
    article = Varchar(length=100)
    article_key = Varchar(length=100, index=True, help_text="folded, without spaces and dashes")
    name = Varchar(length=500)
    full_name = Text()
    sort_name = Varchar(length=500)
    group = Uid(index=True)
    path = Text()
    unit = Varchar(length=30, default="шт")
    okei = Varchar(length=10)
    unit_uuid = Uid()
    multiple = Quantity(default=0, help_text="0: any quantity")
    min_quantity = Quantity(default=0)
    vat = Varchar(length=10, help_text='"22", "10", "0", "none"…; empty: unknown')
    description = Text(help_text="cleaned HTML")
    properties = Text(default="[]", help_text="JSON list of {name, value}")
    image = Varchar(length=64, help_text="SHA-256 of the main picture as we keep it")
    shown = Boolean(default=True, help_text="what 1C said of «visible»; a deleted product is not visible all the same")
    visible = Boolean(default=True)


class Variant(Table, db=DB, tablename="variants"):
    uuid = Uid(unique=True)
    product = ForeignKey(Product, on_delete=OnDelete.cascade, index=True)
    name = Varchar(length=300)
    article = Varchar(length=100)
    visible = Boolean(default=True)


class Pack(Table, db=DB, tablename="packs"):
    uuid = Uid(unique=True)
    product = ForeignKey(Product, on_delete=OnDelete.cascade, index=True)
    name = Varchar(length=100)
    factor = Quantity(help_text="base units in one pack")
    visible = Boolean(default=True)


class Barcode(Table, db=DB, tablename="barcodes"):
    code = Varchar(length=60, index=True)
    product = ForeignKey(Product, on_delete=OnDelete.cascade, index=True)
    variant = Uid()


class Picture(Table, db=DB, tablename="pictures"):
    product = ForeignKey(Product, on_delete=OnDelete.cascade, index=True)
    sha256 = Varchar(length=64, help_text="as 1C sent it")
    kept = Varchar(length=64, help_text="re-encoded by us; empty while the file has not come")
    main = Boolean(default=False)
    problem = Varchar(length=200, help_text="why it cannot be shown; such a file is not tried again")


KEYS = (
    "CREATE INDEX IF NOT EXISTS pictures_waiting ON pictures (sha256) WHERE kept = '' AND problem = ''",
    "CREATE INDEX IF NOT EXISTS products_shelf ON products (visible, path, sort_name, id)",
    "CREATE VIRTUAL TABLE IF NOT EXISTS product_words USING fts5(words, tokenize='unicode61', prefix='2 3 4')",
)
