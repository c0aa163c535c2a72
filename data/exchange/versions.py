"""The sender's own counter of every object: what we have of 1C's, and what we numbered ourselves."""

import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterable

from piccolo.columns import BigInt, Varchar
from piccolo.table import Table

from data.columns import Uid
from data.database import DB, execute_many, fetch


class TakenVersion(Table, db=DB, tablename="taken_versions"):
    """The version of each of 1C's objects that was applied last, and the epoch it was counted in. Key: kind, object."""

    kind = Varchar(length=30)
    object = Uid()
    epoch = Varchar(length=40)
    version = BigInt()


class SentVersion(Table, db=DB, tablename="sent_versions"):
    """Our own counter of each object that we send. Key: kind, object."""

    kind = Varchar(length=30)
    object = Uid()
    version = BigInt()


KEYS = (
    "CREATE UNIQUE INDEX IF NOT EXISTS taken_versions_key ON taken_versions (kind, object)",
    "CREATE UNIQUE INDEX IF NOT EXISTS sent_versions_key ON sent_versions (kind, object)",
)

Key = tuple[str, str]  # kind, object
Taken = tuple[str, int]  # epoch, version


async def taken(keys: Collection[Key]) -> dict[Key, Taken]:
    """What we have of these objects. Inside reading() or writing()."""
    objects = {key[1] for key in keys}
    rows = await fetch(
        f"SELECT kind, object, epoch, version FROM taken_versions WHERE kind IN ({_marks({key[0] for key in keys})})"
        f" AND object IN ({_marks(objects)})",
        *{key[0] for key in keys},
        *objects,
    )
    return {(row[0], row[1]): (row[2], row[3]) for row in rows}


async def keep_taken(found: Iterable[tuple[Key, Taken]]) -> None:
    """Inside writing()."""
    await execute_many(
        "INSERT INTO taken_versions (kind, object, epoch, version) VALUES (?, ?, ?, ?) ON CONFLICT (kind, object)"
        " DO UPDATE SET epoch = excluded.epoch, version = excluded.version",
        [(*key, *value) for key, value in found],
    )


async def digest(kind: str) -> tuple[int, dict[str, str]]:
    """How many objects of 1C's we hold, and a fingerprint of each bucket (first byte of the id). Inside reading()."""
    lines: defaultdict[str, list[str]] = defaultdict(list)
    rows = await fetch("SELECT object, version FROM taken_versions WHERE kind = ?", kind)
    for uuid, version in rows:
        lines[uuid[:2]].append(f"{uuid}:{version}")
    prints = {bucket: hashlib.sha256("\n".join(sorted(of_it)).encode()).hexdigest() for bucket, of_it in lines.items()}
    return len(rows), {bucket: prints[bucket][:16] for bucket in sorted(prints)}


async def bucket_of(kind: str, bucket: str) -> list[tuple[str, int]]:
    """(object, version) of one bucket. Inside reading()."""
    rows = await fetch(
        "SELECT object, version FROM taken_versions WHERE kind = ? AND object >= ? AND object < ? ORDER BY object",
        *(kind, bucket, bucket + "g"),
    )
    return [(row[0], row[1]) for row in rows]


def _marks(values: Collection[str]) -> str:
    return ", ".join("?" * len(values))
