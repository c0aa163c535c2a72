"""Documents of an order or of a counterparty as 1C sent them: invoice, УПД, waybill and others."""

from piccolo.columns import Boolean, Date, Timestamptz, Varchar
from piccolo.table import Table

from data.columns import Money, Uid
from data.database import DB
from data.mirror import Mirror

INVOICE = "invoice"


class Document(Table, db=DB, tablename="documents"):
    """``sha256`` is empty when 1C sent the number and the date only: then the portal draws the invoice itself."""

    uuid = Uid(unique=True)
    order = Uid(index=True)
    counterparty = Uid(index=True)
    kind = Varchar(length=20)
    number = Varchar(length=50)
    date = Date(null=True, default=None)
    sum = Money(null=True, default=None)
    sha256 = Varchar(length=64)
    file_name = Varchar(length=200)
    mime = Varchar(length=100)
    came_at = Timestamptz()
    visible = Boolean(default=True)


MIRROR = Mirror(Document)
