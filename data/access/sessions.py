"""Sessions: only the hash of the token is kept; a new token at every sign-in; all can be ended."""

from piccolo.columns import ForeignKey, Timestamptz, Varchar
from piccolo.columns.base import OnDelete
from piccolo.table import Table

from data.access.users import Membership, User
from data.columns import Uid
from data.database import DB


class Session(Table, db=DB, tablename="sessions"):
    uuid = Uid(unique=True, help_text="names the session on the page «Мои входы»")
    token_hash = Varchar(length=64, unique=True)
    user = ForeignKey(User, on_delete=OnDelete.cascade, index=True)
    membership = ForeignKey(Membership, on_delete=OnDelete.cascade)
    created_at = Timestamptz()
    last_seen_at = Timestamptz()
    address = Varchar(length=60)
    agent = Varchar(length=200)
