"""«Пользователи» for the administrator: who is there, how they stand, and one card whole."""

from dataclasses import dataclass
from datetime import datetime

from data.access.users import ACTIVE, DEACTIVATED, STATUSES
from data.database import fetch, fetch_one
from data.errors import Missing

PAGE = 50
SHOWN = {"all": "Все", ACTIVE: "Активные", DEACTIVATED: "Деактивированные"}
FIELDS = (
    "u.id, m.uuid, u.uuid, u.name, u.login, u.email, u.phone, coalesce(m.role, ''), coalesce(r.name, m.role, ''),"
    " coalesce(m.status, 'active'), CASE o.kind WHEN 'partner' THEN o.name ELSE '' END,"
    " u.is_service, u.may_http, u.last_seen_at, coalesce(m.is_published, 0)"
)
SOURCE = (
    " FROM users u LEFT JOIN memberships m ON m.user = u.id LEFT JOIN organisations o ON o.id = m.organisation"
    " LEFT JOIN roles r ON r.code = m.role"
)


@dataclass(frozen=True)
class PersonRow:
    """A user in one organisation; a service user without rights has no membership."""

    row: int
    membership: str | None
    user: str
    name: str
    login: str
    email: str
    phone: str
    role_code: str
    role: str
    status: str
    partner: str
    is_service: bool
    may_http: bool
    last_seen_at: datetime | None
    is_published: bool

    @property
    def status_label(self) -> str:
        return STATUSES[self.status]

    @property
    def names(self) -> list[str]:
        """What they sign in with."""
        return [name for name in (self.login, self.email, self.phone) if name]

    @property
    def key(self) -> str:
        """What names the row on pages: the membership, or the user where there is none or rights come and go."""
        return self.user if self.is_service or self.membership is None else self.membership


async def page(after: str = "", shown: str = "all") -> list[PersonRow]:
    """Up to PAGE rows in the order of making, after the row of this key; ``shown`` is of SHOWN. Inside reading()."""
    rows = await fetch(
        f"SELECT {FIELDS}{SOURCE} WHERE (? NOT IN ('active', 'deactivated') OR coalesce(m.status, 'active') = ?)"
        " AND (? = '' OR (u.id, coalesce(m.id, 0)) > (SELECT u.id, coalesce(m.id, 0)"
        " FROM users u LEFT JOIN memberships m ON m.user = u.id WHERE ? IN (m.uuid, u.uuid) ORDER BY m.id LIMIT 1))"
        " ORDER BY u.id, coalesce(m.id, 0) LIMIT ?",
        *(shown, shown, after, after, PAGE),
    )
    return [PersonRow(*row) for row in rows]


async def everybody() -> list[PersonRow]:
    """All rows in the order of making. Inside reading()."""
    return [PersonRow(*row) for row in await fetch(f"SELECT {FIELDS}{SOURCE} ORDER BY u.id, m.id")]


async def card(key: str) -> PersonRow:
    """The row of a membership, or of a service user by its own uuid. Raises Missing. Inside reading() or writing()."""
    found = await fetch_one(
        f"SELECT {FIELDS}{SOURCE} WHERE (m.uuid = ? AND u.is_service = 0) OR (u.uuid = ? AND u.is_service = 1)",
        key,
        key,
    )
    if found is None:
        raise Missing(key)
    return PersonRow(*found)


async def membership_of(user: int) -> str:
    """The membership given to the user first. Raises Missing. Inside reading() or writing()."""
    found = await fetch_one("SELECT uuid FROM memberships WHERE user = ? ORDER BY id LIMIT 1", user)
    if found is None:
        raise Missing(str(user))
    return str(found[0])


async def roles() -> list[tuple[str, str]]:
    """(code, name) of the roles that the seller's own people may have. Inside reading()."""
    return await fetch("SELECT code, name FROM roles WHERE code IN ('admin', 'manager', 'executor') ORDER BY id")
