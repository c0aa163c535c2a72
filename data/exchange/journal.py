"""«Журналы входящих и исходящих событий»: every exchange with its request, answer and error, secrets masked."""

from piccolo.columns import BigInt, Boolean, Integer, Text, Timestamptz, Varchar
from piccolo.table import Table

from data.columns import Uid
from data.database import DB


class Event(Table, db=DB, tablename="events"):
    uuid = Uid(unique=True)
    at = Timestamptz(index=True)
    incoming = Boolean()
    channel = Varchar(length=20)
    address = Varchar(length=300, help_text="method and address that was called")
    kinds = Varchar(length=300)
    items = Integer()
    outcome = Varchar(length=12, help_text="ok, refused, failed")
    status = Integer(help_text="HTTP status, 0 when there was none")
    duration_ms = Integer()
    error = Text()
    request = Text()
    answer = Text()


class EventItem(Table, db=DB, tablename="event_items"):
    """One item of an exchange, so that the history of one object can be followed."""

    event = Uid(index=True)
    queue_id = Uid(index=True)
    kind = Varchar(length=30)
    op = Varchar(length=30)
    object = Uid(index=True)
    version = BigInt()
    attempt = Integer()
    status = Varchar(length=12)
    code = Varchar(length=40)
    message = Text()
