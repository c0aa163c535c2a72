"""What 1C may change of a role («Роли пользователей портала»): its name and rights; the administrator keeps the keys."""

import json
from collections.abc import Sequence

from data.access.roles import DEFAULTS, RIGHTS
from data.access.sessions import access_changed
from data.database import execute, fetch_one
from data.errors import Refusal

ALWAYS_OF_ADMIN = ("people.all", "exchange", "settings")  # a mistake in 1C must not lock the owner out


async def put(
    uuid: str, *, code: str | None = None, name: str | None = None, rights: Sequence[str] | None = None
) -> None:
    """Make the role of this code or change it; rights that the portal does not know are left out.

    Raises Refusal for a new role without a code. Inside writing().
    """
    found = await fetch_one("SELECT code FROM roles WHERE uuid = ?", uuid)
    code = code or (found[0] if found else "")
    if not code:
        raise Refusal("Не указан код роли")
    await execute(
        "INSERT INTO roles (uuid, code, name, rights) VALUES (?, ?, ?, '[]')"
        " ON CONFLICT (code) DO UPDATE SET uuid = excluded.uuid",
        uuid, code, name or code,
    )  # fmt: skip
    if name is not None:
        await execute("UPDATE roles SET name = ? WHERE code = ?", name or code, code)
    if rights is not None:
        kept = [*rights, *(ALWAYS_OF_ADMIN if code == "admin" else ())]
        known = [right for right in dict.fromkeys(kept) if right in RIGHTS]
        await execute("UPDATE roles SET rights = ? WHERE code = ?", json.dumps(known), code)
    access_changed()


async def is_known(code: str) -> bool:
    """Inside reading() or writing()."""
    return await fetch_one("SELECT 1 FROM roles WHERE code = ?", code) is not None


async def remove(uuid: str) -> None:
    """A role of 1C's own that nobody has goes; the portal's own roles stay. Inside writing()."""
    found = await fetch_one("SELECT code FROM roles WHERE uuid = ?", uuid)
    if found is None or found[0] in DEFAULTS:
        return
    await execute(
        "DELETE FROM roles WHERE code = ? AND NOT EXISTS (SELECT 1 FROM memberships WHERE role = ?)", *found, *found
    )
    access_changed()
