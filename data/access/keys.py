"""Keys of service users: Client ID and Client Secret, shown once, and the tokens they are exchanged for."""

from piccolo.columns import ForeignKey, Timestamptz, Varchar
from piccolo.columns.base import OnDelete
from piccolo.table import Table

from data.access.users import User
from data.columns import Uid
from data.database import DB


class Key(Table, db=DB, tablename="keys"):
    client_id = Uid(unique=True)
    secret_hash = Varchar(length=64, help_text="SHA-256: the secret is 256 random bits")
    user = ForeignKey(User, on_delete=OnDelete.cascade, index=True)
    created_at = Timestamptz()
    last_used_at = Timestamptz(null=True, default=None)
    revoked_at = Timestamptz(null=True, default=None)


class Token(Table, db=DB, tablename="tokens"):
    token_hash = Varchar(length=64, unique=True)
    key = ForeignKey(Key, on_delete=OnDelete.cascade, index=True)
    expires_at = Timestamptz()
