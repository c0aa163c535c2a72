"""Users: people who sign in, and service users («EX») whose keys 1C signs in with."""

from datetime import datetime
from uuid import uuid4

from piccolo.columns import Boolean, ForeignKey, Text, Timestamptz, Varchar
from piccolo.columns.base import OnDelete
from piccolo.table import Table

from data.access.organisations import Organisation
from data.columns import Uid
from data.database import DB, fetch_one

REGISTRATION, ACTIVE, DEACTIVATED = "registration", "active", "deactivated"
STATUSES = {REGISTRATION: "Регистрация", ACTIVE: "Активен", DEACTIVATED: "Деактивирован"}


class User(Table, db=DB, tablename="users"):
    """Login, e-mail and phone are each unique among users that have one (partial unique indexes)."""

    uuid = Uid(unique=True)
    name = Varchar(length=200)
    login = Varchar(length=100, help_text="case-folded")
    email = Varchar(length=254, help_text="case-folded")
    phone = Varchar(length=20, help_text="E.164")
    password = Text(help_text="argon2id hash; empty: none yet")
    is_service = Boolean(default=False)
    may_http = Boolean(default=False, help_text="«Разрешить использовать HTTP сервисы»")
    created_at = Timestamptz()
    last_seen_at = Timestamptz(null=True, default=None)


class Membership(Table, db=DB, tablename="memberships"):
    """What a user may do in one organisation. Its uuid is the id of 1C's user object, so statuses go back to 1C."""

    uuid = Uid(unique=True)
    user = ForeignKey(User, on_delete=OnDelete.cascade)
    organisation = ForeignKey(Organisation, on_delete=OnDelete.cascade)
    role = Varchar(length=30)
    status = Varchar(length=12, default=REGISTRATION)
    contact = Uid(help_text="the contact person in 1C, or empty")
    manager = Uid(help_text="the manager in 1C, or empty")
    is_published = Boolean(default=False, help_text="by 1C, which is told of the status")


KEYS = (
    "CREATE UNIQUE INDEX IF NOT EXISTS users_login ON users (login) WHERE login <> ''",
    "CREATE UNIQUE INDEX IF NOT EXISTS users_email ON users (email) WHERE email <> ''",
    "CREATE UNIQUE INDEX IF NOT EXISTS users_phone ON users (phone) WHERE phone <> ''",
    "CREATE UNIQUE INDEX IF NOT EXISTS memberships_key ON memberships (user, organisation)",
    "CREATE INDEX IF NOT EXISTS memberships_organisation ON memberships (organisation)",
)


async def insert_user(
    name: str, now: datetime, *, login: str = "", email: str = "", is_service: bool = False
) -> tuple[int, str]:
    """(row id, uuid) of a new user without a password; login and e-mail come folded. Inside writing()."""
    found = await fetch_one(
        "INSERT INTO users (uuid, name, login, email, phone, password, is_service, may_http, created_at)"
        " VALUES (?, ?, ?, ?, '', '', ?, 0, ?) RETURNING id, uuid",
        str(uuid4()), name.strip()[:200], login[:100], email, is_service, now,
    )  # fmt: skip
    assert found is not None
    return int(found[0]), str(found[1])
