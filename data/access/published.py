"""What is known of a person that 1C has published, in the words of publishing."""

from data.access.organisations import OWNER
from data.access.publishing import Published
from data.database import fetch_one


async def published(membership: str) -> Published | None:
    """None when there is no such membership. Inside reading() or writing()."""
    found = await fetch_one(
        "SELECT m.uuid, u.name, u.email, m.role, u.phone, u.login, CASE o.kind WHEN ? THEN '' ELSE o.uuid END,"
        " m.contact, m.manager FROM memberships m JOIN users u ON u.id = m.user"
        " JOIN organisations o ON o.id = m.organisation WHERE m.uuid = ?",
        OWNER,
        membership,
    )
    return Published(*found) if found else None
