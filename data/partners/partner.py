"""A partner of 1C and its organisation on the portal are one: same UUID, same name, active together."""

from collections.abc import Collection, Mapping
from datetime import datetime

from data.access.organisations import PARTNER, Organisation
from data.access.sessions import access_changed
from data.database import execute, fetch, fetch_one
from data.mirror import Mirror
from data.partners.partners import Partner

MIRROR = Mirror(
    Partner,
    shown="active",
    revives=False,
    named_in=[(table, "partner") for table in ("counterparties", "agreements", "contacts", "addresses", "orders")],
)
ORGANISATIONS = Mirror(Organisation, shown="active", revives=False)


async def put(uuid: str, changes: Mapping[str, object], now: datetime) -> None:
    """Make the partner or change what is named. One that is not active signs nobody in. Inside writing()."""
    shared = {name: changes[name] for name in ("name", "active") if name in changes}
    known = await fetch_one("SELECT id FROM organisations WHERE uuid = ?", uuid)
    born = {} if known else {"kind": PARTNER, "created_at": now}
    organisation = await ORGANISATIONS.put(uuid, {**born, **shared})
    await MIRROR.put(uuid, {**changes, "organisation": organisation})
    if changes.get("active") is False:
        await _sign_out(uuid)
    access_changed()


async def hide(uuid: str) -> None:
    """The partner trades no more: nobody signs in for it, its orders stay. Inside writing()."""
    await MIRROR.hide(uuid)
    await execute("UPDATE organisations SET active = 0 WHERE uuid = ? AND kind = ?", uuid, PARTNER)
    await _sign_out(uuid)


async def merge(uuid: str, into: str) -> None:
    """People, orders and papers go over to the survivor. Inside writing()."""
    await MIRROR.merge(uuid, into)
    ids = [await fetch_one("SELECT organisation FROM partners WHERE uuid = ?", one) for one in (into, uuid)]
    if all(ids):
        for table in ("memberships", "orders"):
            await execute(
                f"UPDATE OR IGNORE {table} SET organisation = ? WHERE organisation = ?",
                *(row[0] for row in ids if row),
            )
    await hide(uuid)


async def keep_only(uuids: Collection[str]) -> None:
    """1C's complete list of partners: who is not on it trades no more. Inside writing()."""
    listed = set(uuids)
    for (uuid,) in await fetch("SELECT uuid FROM partners WHERE active"):
        if uuid not in listed:
            await hide(uuid)


async def _sign_out(uuid: str) -> None:
    await execute(
        "DELETE FROM sessions WHERE membership IN (SELECT m.id FROM memberships m"
        " JOIN organisations o ON o.id = m.organisation WHERE o.uuid = ?)",
        uuid,
    )
    access_changed()
