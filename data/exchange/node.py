"""Who we are on the wire, and who the 1C base is: base, epoch and growing number of either side."""

import secrets
from dataclasses import dataclass
from uuid import uuid4

from piccolo.columns import BigInt, Varchar
from piccolo.table import Table

from data.columns import Uid
from data.database import DB, execute, fetch_one


class Node(Table, db=DB, tablename="nodes"):
    """Two rows at most: "portal", which is us, and "1c"."""

    name = Varchar(length=10, unique=True)
    base = Uid()
    epoch = Varchar(length=40)
    seq = BigInt()


@dataclass(frozen=True)
class Stamp:
    """The sender's mark on every request and answer of the exchange."""

    base: str
    epoch: str
    seq: int

    def as_json(self) -> dict[str, str | int]:
        return {"base": self.base, "epoch": self.epoch, "seq": self.seq}


class OtherBase(Exception):
    """Another 1C base speaks than the one this portal works with."""


async def next_stamp() -> Stamp:
    """Our stamp with the next number. Inside writing()."""
    await execute(
        "INSERT INTO nodes (name, base, epoch, seq) VALUES ('portal', ?, ?, 0) ON CONFLICT (name) DO NOTHING",
        str(uuid4()),
        "p" + secrets.token_hex(4),
    )
    await execute("UPDATE nodes SET seq = seq + 1 WHERE name = 'portal'")
    stamp = await stamp_of("portal")
    assert stamp is not None
    return stamp


async def stamp_of(name: str) -> Stamp | None:
    """The last known stamp of "portal" or of "1c"."""
    found = await fetch_one("SELECT base, epoch, seq FROM nodes WHERE name = ?", name)
    return Stamp(*found) if found else None


async def remember(stamp: Stamp) -> None:
    """Keep what 1C said of itself; the first base that speaks is ours. Raises OtherBase. Inside writing()."""
    known = await stamp_of("1c")
    if known is not None and known.base != stamp.base:
        raise OtherBase(stamp.base)
    await execute(
        "INSERT INTO nodes (name, base, epoch, seq) VALUES ('1c', ?, ?, ?) ON CONFLICT (name) DO UPDATE SET"
        " seq = CASE WHEN epoch = excluded.epoch THEN max(seq, excluded.seq) ELSE excluded.seq END,"
        " epoch = excluded.epoch",
        stamp.base,
        stamp.epoch,
        stamp.seq,
    )
