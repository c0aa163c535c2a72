"""Product groups: the tree of the catalogue as 1C keeps it."""

from collections.abc import Mapping

from piccolo.columns import Boolean, Text, Varchar
from piccolo.table import Table

from data.catalogue.words import fold
from data.columns import Uid
from data.database import DB, execute, fetch, fetch_one
from data.mirror import Mirror


class ProductGroup(Table, db=DB, tablename="product_groups"):
    """``path`` is the folded names from the root down, each ended, so that goods sort by group and a branch is one range."""

    uuid = Uid(unique=True)
    parent = Uid(index=True)
    name = Varchar(length=300)
    path = Text(index=True)
    visible = Boolean(default=True)


DEEPEST = 30  # levels; 1C lets a tree be ten deep, and a loop must end somewhere
MIRROR = Mirror(ProductGroup, named_in=[("products", "group"), ("product_groups", "parent")])


async def put(uuid: str, changes: Mapping[str, object]) -> None:
    """Make the group or change what is named; goods and groups below follow its name and place. Inside writing()."""
    before = await path_of(uuid)
    await MIRROR.put(uuid, changes)
    if not before or "name" in changes or "parent" in changes:
        await _place_branch(uuid)


async def merge(uuid: str, into: str) -> None:
    """Goods and groups below move to the survivor. Inside writing()."""
    await MIRROR.merge(uuid, into)
    await execute("UPDATE product_groups SET parent = '' WHERE uuid = ? AND parent = uuid", into)
    await _place_branch(into)


async def path_of(uuid: str) -> str:
    """Empty for no group and for one that has not come yet. Inside reading() or writing()."""
    found = await fetch_one("SELECT path FROM product_groups WHERE uuid = ?", uuid) if uuid else None
    return str(found[0]) if found else ""


async def branch_of(uuid: str) -> list[str]:
    """The group and all below it. Inside reading() or writing()."""
    rows = await fetch(
        "WITH RECURSIVE branch (uuid) AS (SELECT ? UNION SELECT g.uuid FROM product_groups g JOIN branch b ON g.parent = b.uuid)"
        " SELECT uuid FROM branch",
        uuid,
    )
    return [row[0] for row in rows]


async def _place_branch(uuid: str) -> None:
    """Paths of the group, of the groups below and of the goods in all of them."""
    found = await fetch_one("SELECT parent FROM product_groups WHERE uuid = ?", uuid)
    parent = found[0] if found else ""
    is_loop = parent in await branch_of(uuid)
    waiting = [(uuid, "" if is_loop else await path_of(parent), 0)]
    seen = set()
    while waiting:
        group, above, depth = waiting.pop()
        if group in seen or depth > DEEPEST:
            continue
        seen.add(group)
        row = await fetch_one("SELECT name FROM product_groups WHERE uuid = ?", group)
        path = _path(above, row[0] if row else "", group)
        await execute("UPDATE product_groups SET path = ? WHERE uuid = ?", path, group)
        await execute('UPDATE products SET path = ? WHERE "group" = ? AND path <> ?', path, group, path)
        below = await fetch("SELECT uuid FROM product_groups WHERE parent = ?", group)
        waiting += [(one[0], path, depth + 1) for one in below]


def _path(above: str, name: str, uuid: str) -> str:
    """Tab and newline sort before every letter, so a branch stays together; the id parts groups of one name."""
    return f"{above}{fold(name)}\t{uuid[:8]}\n"
