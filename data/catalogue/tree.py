"""The tree of groups as people walk it: the way down to a group, and the groups below it."""

from dataclasses import dataclass

from data.catalogue.groups import DEEPEST
from data.database import fetch, fetch_one
from data.errors import Missing


@dataclass(frozen=True)
class Group:
    uuid: str
    name: str


async def crumbs_of(group: str) -> tuple[tuple[Group, ...], str]:
    """The groups from the root down to this one, and its path. Raises Missing. Inside reading() or writing()."""
    crumbs: list[Group] = []
    path, parent = "", group
    while parent and len(crumbs) < DEEPEST:  # a loop in the tree must not hang the page
        found = await fetch_one(
            "SELECT uuid, name, parent, path FROM product_groups WHERE uuid = ? AND visible = 1", parent
        )
        if found is None:
            if not crumbs:
                raise Missing(f"group {group}")
            break
        path = path or found[3]
        crumbs.insert(0, Group(found[0], found[1]))
        parent = found[2]
    return tuple(crumbs), path


async def below(group: str) -> tuple[Group, ...]:
    """The groups right below this one; of the root when it is empty. Inside reading() or writing()."""
    rows = await fetch("SELECT uuid, name FROM product_groups WHERE parent = ? AND visible = 1 ORDER BY path", group)
    return tuple(Group(*row) for row in rows)
