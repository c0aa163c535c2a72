"""The sender's own counter of every object: what we have of 1C's, and what we numbered ourselves."""

from piccolo.columns import BigInt, Varchar
from piccolo.table import Table

from data.columns import Uid
from data.database import DB


class TakenVersion(Table, db=DB, tablename="taken_versions"):
    """The version of each of 1C's objects that was applied last, and the epoch it was counted in. Key: kind, object."""

    kind = Varchar(length=30)
    object = Uid()
    epoch = Varchar(length=40)
    version = BigInt()


class SentVersion(Table, db=DB, tablename="sent_versions"):
    """Our own counter of each object that we send. Key: kind, object."""

    kind = Varchar(length=30)
    object = Uid()
    version = BigInt()


KEYS = (
    "CREATE UNIQUE INDEX IF NOT EXISTS taken_versions_key ON taken_versions (kind, object)",
    "CREATE UNIQUE INDEX IF NOT EXISTS sent_versions_key ON sent_versions (kind, object)",
)
