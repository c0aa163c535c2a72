"""Letters that the portal owes to people; a failing mail server delays them and stops nothing else."""

from piccolo.columns import Integer, Text, Timestamptz, Varchar
from piccolo.table import Table

from data.columns import Uid
from data.database import DB

WAITING, SENT, FAILED = "waiting", "sent", "failed"


class Letter(Table, db=DB, tablename="letters"):
    uuid = Uid(unique=True)
    event = Varchar(length=120, unique=True, help_text="what it is about and to whom: one event, one letter")
    to = Varchar(length=254)
    subject = Varchar(length=300)
    text = Text()
    state = Varchar(length=10, default=WAITING, index=True)
    attempts = Integer()
    next_at = Timestamptz()
    created_at = Timestamptz()
    sent_at = Timestamptz(null=True, default=None)
    error = Text()
