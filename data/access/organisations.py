"""Organisation: an account on the portal. One is the owner of the portal; each partner of 1C is another."""

from datetime import datetime
from uuid import uuid4

from piccolo.columns import Boolean, Timestamptz, Varchar
from piccolo.table import Table

from data.columns import Uid
from data.database import DB, execute, fetch_one

OWNER, PARTNER = "owner", "partner"


class Organisation(Table, db=DB, tablename="organisations"):
    uuid = Uid(unique=True, help_text="of a partner: the partner's id in 1C")
    kind = Varchar(length=10)
    name = Varchar(length=300)
    active = Boolean(default=True)
    created_at = Timestamptz()


async def owner() -> int:
    """Row id of the owner's organisation, made when it is not there. Inside writing()."""
    found = await fetch_one("SELECT id FROM organisations WHERE kind = ?", OWNER)
    if found is None:
        await execute(
            "INSERT INTO organisations (uuid, kind, name, active, created_at)"
            " VALUES (?, ?, '', 1, CURRENT_TIMESTAMP || '+00:00')",
            str(uuid4()),
            OWNER,
        )
        found = await fetch_one("SELECT id FROM organisations WHERE kind = ?", OWNER)
    assert found is not None
    return int(found[0])


async def of_partner(uuid: str, now: datetime) -> int:
    """Row id of the partner's organisation, made nameless when the partner has not arrived yet. Inside writing()."""
    await execute(
        "INSERT INTO organisations (uuid, kind, name, active, created_at) VALUES (?, ?, '', 1, ?) ON CONFLICT (uuid) DO NOTHING",
        uuid,
        PARTNER,
        now,
    )
    found = await fetch_one("SELECT id FROM organisations WHERE uuid = ?", uuid)
    assert found is not None
    return int(found[0])
