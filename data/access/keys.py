"""Keys of service users: Client ID and Client Secret, shown once, and the tokens they are exchanged for."""

import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import uuid4

from piccolo.columns import ForeignKey, Timestamptz, Varchar
from piccolo.columns.base import OnDelete
from piccolo.table import Table

from data.access.users import User
from data.columns import Uid
from data.database import DB, execute, fetch, fetch_one, writing
from data.errors import Missing
from data.secrets import hash_of


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


TOKEN_LIFE = timedelta(hours=1)  # the contract's expires_in
WRONG_LIMIT = 20  # wrong keys from one address within WRONG_WINDOW; a right pair is always let in
WRONG_WINDOW = timedelta(minutes=5)
ALLOWED = (
    "(u.may_http AND (NOT EXISTS (SELECT 1 FROM memberships m WHERE m.user = u.id)"
    " OR EXISTS (SELECT 1 FROM memberships m WHERE m.user = u.id AND m.status <> 'deactivated')))"
)


@dataclass(frozen=True)
class NewKey:
    """A pair as it is shown once; of the secret only the hash is kept."""

    client_id: str
    secret: str


@dataclass(frozen=True)
class KeyRow:
    client_id: str
    created_at: datetime
    last_used_at: datetime | None


@dataclass(frozen=True)
class Service:
    """The service user behind a token."""

    user: int
    user_uuid: str
    name: str


class WrongKey(Exception):
    """No such pair, or the token has ended: sign in again."""


class HttpForbidden(Exception):
    """The pair is right, but its user may not use HTTP services."""


class TooManyWrongKeys(Exception):
    """Wrong keys come from this address too fast."""


async def create_key(user_uuid: str, now: datetime) -> NewKey:
    """«Создать ключи»: a new pair for the user. Raises Missing. Inside writing()."""
    key = NewKey(str(uuid4()), secrets.token_urlsafe(32))
    made = await execute(
        "INSERT INTO keys (client_id, secret_hash, user, created_at) SELECT ?, ?, id, ? FROM users WHERE uuid = ?",
        *(key.client_id, hash_of(key.secret), now, user_uuid),
    )
    if not made:
        raise Missing(user_uuid)
    return key


async def keys_of(user_uuid: str) -> list[KeyRow]:
    """The pairs of a user that still work, newest first. Inside reading() or writing()."""
    rows = await fetch(
        "SELECT k.client_id, k.created_at, k.last_used_at FROM keys k JOIN users u ON u.id = k.user"
        " WHERE u.uuid = ? AND k.revoked_at IS NULL ORDER BY k.id DESC",
        user_uuid,
    )
    return [KeyRow(*row) for row in rows]


async def revoke_key(client_id: str, now: datetime) -> None:
    """The pair and every token it was exchanged for end at once. Raises Missing. Inside writing()."""
    if not await execute("UPDATE keys SET revoked_at = ? WHERE client_id = ? AND revoked_at IS NULL", now, client_id):
        raise Missing(client_id)
    await execute("DELETE FROM tokens WHERE key IN (SELECT id FROM keys WHERE client_id = ?)", client_id)


async def sign_in_with_key(client_id: str, secret: str, now: datetime, *, address: str = "") -> str:
    """A token for TOKEN_LIFE; spaces around pasted keys do not matter.

    Raises WrongKey, HttpForbidden, TooManyWrongKeys.
    """
    client_id, secret, source = client_id.strip().lower(), secret.strip(), f"keys {address}"[:60]
    async with writing():
        found = await fetch_one(
            f"SELECT k.id, k.secret_hash, {ALLOWED} FROM keys k JOIN users u ON u.id = k.user"
            " WHERE k.client_id = ? AND k.revoked_at IS NULL",
            client_id,
        )
        right = found is not None and hmac.compare_digest(found[1], hash_of(secret))
        if found is not None and right and found[2]:
            return await _new_token(found[0], now)
        too_many = not right and await _count_wrong(client_id, source, now)
    if right:
        raise HttpForbidden(client_id)
    raise TooManyWrongKeys(address) if too_many else WrongKey(client_id)


async def service_of(token: str, now: datetime) -> Service:
    """Who came with this token. Raises WrongKey, HttpForbidden. Inside reading() or writing()."""
    found = await fetch_one(
        f"SELECT u.id, u.uuid, u.name, {ALLOWED} FROM tokens t JOIN keys k ON k.id = t.key"
        " JOIN users u ON u.id = k.user WHERE t.token_hash = ? AND t.expires_at > ? AND k.revoked_at IS NULL",
        *(hash_of(token.strip()), now),
    )
    if found is None:
        raise WrongKey("token")
    if not found[3]:
        raise HttpForbidden(found[1])
    return Service(*found[:3])


async def drop_expired_tokens(now: datetime) -> None:
    """Inside writing()."""
    await execute("DELETE FROM tokens WHERE expires_at <= ?", now)


async def _new_token(key: int, now: datetime) -> str:
    token = secrets.token_urlsafe(32)
    await execute(
        "INSERT INTO tokens (token_hash, key, expires_at) VALUES (?, ?, ?)", hash_of(token), key, now + TOKEN_LIFE
    )
    await execute("UPDATE keys SET last_used_at = ? WHERE id = ?", now, key)
    return token


async def _count_wrong(client_id: str, source: str, now: datetime) -> bool:
    """True when there were too many already: then nothing more is written, however fast they come."""
    found = await fetch_one(
        "SELECT count(*) FROM failed_sign_ins WHERE address = ? AND at > ?", source, now - WRONG_WINDOW
    )
    if found is not None and found[0] >= WRONG_LIMIT:
        return True
    await execute(
        "INSERT INTO failed_sign_ins (account, address, at) VALUES (?, ?, ?)", hash_of(client_id), source, now
    )
    return False
