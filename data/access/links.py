"""One-time links: invitation and password reset. A GET shows the form and spends nothing; the POST spends it."""

from piccolo.columns import ForeignKey, Timestamptz, Varchar
from piccolo.columns.base import OnDelete
from piccolo.table import Table

from data.access.users import User
from data.database import DB


class Link(Table, db=DB, tablename="links"):
    token_hash = Varchar(length=64, unique=True)
    purpose = Varchar(length=20, help_text="invitation, reset, first_admin")
    user = ForeignKey(User, on_delete=OnDelete.cascade, index=True)
    created_at = Timestamptz()
    expires_at = Timestamptz()
    used_at = Timestamptz(null=True, default=None)
