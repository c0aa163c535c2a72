"""A mirror: the rows of one table are 1C's objects, one row each under 1C's UUID, changed only by what 1C sends."""

import json
from collections.abc import Collection, Mapping, Sequence
from datetime import date

from piccolo.table import Table

from data.database import execute, fetch_one


class Mirror:
    """What 1C may do with the objects of one table. Every method runs inside writing().

    ``shown`` is the yes-or-no column that hides a row while its history stays. ``revives``: an object that comes again
    is shown again; not so where the wire has a field for it. ``named_in`` are the (table, column) that hold its UUID.
    """

    def __init__(
        self,
        table: type[Table],
        *,
        shown: str = "visible",
        revives: bool = True,
        named_in: Sequence[tuple[str, str]] = (),
    ) -> None:
        self.name = table._meta.tablename
        self.shown = shown
        self.revives = revives
        self.named_in = named_in
        self.defaults = {
            column._meta.name: None if column._meta.null else _plain(column.get_default_value())
            for column in table._meta.columns
            if column._meta.name not in ("id", "uuid")
        }

    async def put(self, uuid: str, changes: Mapping[str, object]) -> int:
        """Make the object or change what is named; None clears a column. The row id."""
        values = {name: self.defaults[name] if value is None else value for name, value in changes.items()}
        if self.revives:
            values = {self.shown: True, **values}
        row = {**self.defaults, **values}
        names = ", ".join(f'"{name}"' for name in row)
        sets = ", ".join(f'"{name}" = excluded."{name}"' for name in values) or "uuid = excluded.uuid"
        found = await fetch_one(
            f'INSERT INTO {self.name} (uuid, {names}) VALUES (?{", ?" * len(row)})'
            f" ON CONFLICT (uuid) DO UPDATE SET {sets} RETURNING id",
            uuid, *row.values(),
        )  # fmt: skip
        assert found is not None
        return int(found[0])

    async def is_known(self, uuid: str) -> bool:
        return await fetch_one(f"SELECT 1 FROM {self.name} WHERE uuid = ?", uuid) is not None

    async def hide(self, uuid: str) -> None:
        """Hide the object; one that never came is nothing to hide."""
        await execute(f'UPDATE {self.name} SET "{self.shown}" = 0 WHERE uuid = ?', uuid)

    async def merge(self, uuid: str, into: str) -> None:
        """Whatever names the object now names the survivor; the object is hidden."""
        for table, column in self.named_in:
            await execute(f'UPDATE OR IGNORE {table} SET "{column}" = ? WHERE "{column}" = ?', into, uuid)
        await self.hide(uuid)

    async def keep_only(self, uuids: Collection[str], where: Mapping[str, str]) -> None:
        """Hide what is not among these, of the rows whose columns equal ``where``."""
        limits = "".join(f' AND "{column}" = ?' for column in where)
        await execute(
            f'UPDATE {self.name} SET "{self.shown}" = 0'
            f' WHERE "{self.shown}" AND uuid NOT IN (SELECT value FROM json_each(?)){limits}',
            json.dumps(list(uuids)), *where.values(),
        )  # fmt: skip


def _plain(default: object) -> object:
    """A default that the database makes itself, such as the time, is given by the rule that makes the row."""
    return default if isinstance(default, str | int | date) else ""
