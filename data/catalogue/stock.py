"""Stock: free quantities by warehouse as 1C told them, each with its time."""

from piccolo.columns import Boolean, ForeignKey, Text, Timestamptz, Varchar
from piccolo.columns.base import OnDelete
from piccolo.table import Table

from data.catalogue.products import Product
from data.columns import Quantity, Uid
from data.database import DB
from data.mirror import Mirror


class Warehouse(Table, db=DB, tablename="warehouses"):
    uuid = Uid(unique=True)
    name = Varchar(length=200)
    address = Text()
    visible = Boolean(default=True)


class Stock(Table, db=DB, tablename="stock"):
    """Key: product, variant (empty: none), warehouse."""

    uuid = Uid(index=True, help_text="made of the key")
    product = ForeignKey(Product, on_delete=OnDelete.cascade)
    variant = Uid()
    warehouse = Uid()
    free = Quantity()
    expected = Text(default="[]", help_text="JSON list of {quantity (thousandths), date}")
    as_of = Timestamptz()


KEYS = ("CREATE UNIQUE INDEX IF NOT EXISTS stock_key ON stock (product, warehouse, variant)",)
WAREHOUSES = Mirror(Warehouse, named_in=[("stock", "warehouse"), ("agreements", "warehouse"), ("orders", "warehouse")])
