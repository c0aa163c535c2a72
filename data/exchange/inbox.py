"""What 1C has sent: the answer that each queue_id got, and items that wait for their parent."""

from piccolo.columns import BigInt, Text, Timestamptz, Varchar
from piccolo.table import Table

from data.columns import Uid
from data.database import DB


class Answered(Table, db=DB, tablename="answered"):
    """The stored answer of one queue_id: a repeat gets it again and changes nothing."""

    queue_id = Uid(unique=True)
    sha256 = Varchar(length=64, help_text="of the item as canonical JSON: another body is KEY_REUSED")
    result = Text()
    at = Timestamptz(index=True)


class Deferred(Table, db=DB, tablename="deferred"):
    """An item whose parent has not come yet; it is applied when the parent does, or dropped after a day."""

    queue_id = Uid(unique=True)
    kind = Varchar(length=30)
    object = Uid(index=True)
    version = BigInt()
    item = Text()
    waits_for = Uid(index=True)
    at = Timestamptz()
