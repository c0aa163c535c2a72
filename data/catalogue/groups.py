"""Product groups: the tree of the catalogue as 1C keeps it."""

from piccolo.columns import Boolean, Text, Varchar
from piccolo.table import Table

from data.columns import Uid
from data.database import DB


class ProductGroup(Table, db=DB, tablename="product_groups"):
    """``path`` is the folded names from the root down, so that goods sort by group and a branch is one range."""

    uuid = Uid(unique=True)
    parent = Uid(index=True)
    name = Varchar(length=300)
    path = Text(index=True)
    visible = Boolean(default=True)
