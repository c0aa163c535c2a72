"""One SQLite file holds everything this 1C knows; one connection writes it, and a commit is on the disk."""

import json
import sqlite3
import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec

SCHEMA = """
CREATE TABLE IF NOT EXISTS memory (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS object (
    place INTEGER PRIMARY KEY, kind TEXT NOT NULL, id TEXT NOT NULL, version INTEGER NOT NULL,
    deleted INTEGER NOT NULL DEFAULT 0, data TEXT NOT NULL, UNIQUE (kind, id)
);
CREATE INDEX IF NOT EXISTS object_kind ON object (kind);
CREATE TABLE IF NOT EXISTS customer_order (
    id TEXT PRIMARY KEY, guid TEXT NOT NULL UNIQUE, number TEXT NOT NULL UNIQUE, stage TEXT NOT NULL,
    version INTEGER NOT NULL, data TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS queue (
    place INTEGER PRIMARY KEY AUTOINCREMENT, queue_id TEXT NOT NULL, kind TEXT NOT NULL, id TEXT NOT NULL,
    version INTEGER NOT NULL, op TEXT NOT NULL, data TEXT, state TEXT NOT NULL DEFAULT 'waiting',
    attempts INTEGER NOT NULL DEFAULT 0, next_at REAL NOT NULL DEFAULT 0, error TEXT
);
CREATE INDEX IF NOT EXISTS queue_unusual ON queue (state) WHERE state != 'waiting';
CREATE INDEX IF NOT EXISTS queue_object ON queue (kind, id, place);
CREATE TABLE IF NOT EXISTS receipt (queue_id TEXT PRIMARY KEY, body TEXT NOT NULL, answer TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS heard (
    kind TEXT NOT NULL, id TEXT NOT NULL, base TEXT NOT NULL, epoch TEXT NOT NULL, version INTEGER NOT NULL,
    PRIMARY KEY (kind, id)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS file (sha256 TEXT PRIMARY KEY, mime TEXT NOT NULL, sent INTEGER NOT NULL DEFAULT 0);
"""


class Store:
    """The database of this 1C. Used from one event loop; nothing is awaited inside writing()."""

    def __init__(self, home: Path) -> None:
        home.mkdir(mode=0o700, parents=True, exist_ok=True)  # the portal's keys and passwords are in it
        self.home = home
        self.path = home / "onec.sqlite"
        self.files = home / "files"
        self.files.mkdir(exist_ok=True)
        self.db = sqlite3.connect(self.path, isolation_level=None, check_same_thread=False)
        self.db.row_factory = sqlite3.Row
        self.prepare()

    def prepare(self) -> None:
        """Pragmas and tables; also after a restore, whose file may be older than this program."""
        self.db.execute("PRAGMA journal_mode=WAL")
        self.db.execute("PRAGMA cache_size=-65536")  # 64 MB: the queue of a large base has scattered keys
        self.db.execute("PRAGMA synchronous=FULL")
        self.db.create_function("new_uuid", 0, lambda: str(uuid.uuid4()))
        self.db.executescript(SCHEMA)

    def close(self) -> None:
        self.db.close()

    @contextmanager
    def filling(self) -> Iterator[None]:
        """One transaction over a new base: a rollback journal writes the pages once, a log would write them twice."""
        self.db.execute("PRAGMA journal_mode=DELETE")
        try:
            with self.writing():
                yield
        finally:
            self.db.execute("PRAGMA journal_mode=WAL")

    @contextmanager
    def writing(self) -> Iterator[None]:
        """One transaction. A refusal inside rolls all of it back; it does not nest."""
        self.db.execute("BEGIN IMMEDIATE")
        try:
            yield
            self.db.execute("COMMIT")
        except BaseException:
            if self.db.in_transaction:
                self.db.execute("ROLLBACK")
            raise

    def row(self, sql: str, *values: object) -> sqlite3.Row | None:
        found: sqlite3.Row | None = self.db.execute(sql, values).fetchone()
        return found

    def rows(self, sql: str, *values: object) -> list[sqlite3.Row]:
        return self.db.execute(sql, values).fetchall()

    def number(self, sql: str, *values: object) -> int:
        found = self.row(sql, *values)
        return int(found[0]) if found is not None and found[0] is not None else 0

    def recall(self, name: str) -> Any:
        found = self.row("SELECT value FROM memory WHERE name = ?", name)
        return None if found is None else json.loads(found["value"])

    def remember(self, name: str, value: object) -> None:
        self.db.execute("INSERT OR REPLACE INTO memory VALUES (?, ?)", (name, dumps(value)))

    def count(self, name: str) -> int:
        """Add one to a counter that never goes back while this base lives, and give its new value."""
        value = int(self.recall(name) or 0) + 1
        self.remember(name, value)
        return value

    def found(self, kind: str, key: str) -> dict[str, Any] | None:
        """The object as it stands now, with its id; None when unknown or deleted."""
        row = self.row("SELECT id, data FROM object WHERE kind = ? AND id = ? AND deleted = 0", kind, key)
        return None if row is None else {"id": row["id"], **json.loads(row["data"])}

    def all(self, kind: str, limit: int = 1000) -> list[dict[str, Any]]:
        """Objects of the kind in the order in which they were written first."""
        sql = "SELECT id, data FROM object WHERE kind = ? AND deleted = 0 ORDER BY place LIMIT ?"
        return [{"id": row["id"], **json.loads(row["data"])} for row in self.rows(sql, kind, limit)]

    def keep(self, kind: str, key: str, data: dict[str, Any]) -> int:
        """Write the object and give its new version: one more than the last, 1 for a new one."""
        row = self.row(
            "INSERT INTO object (kind, id, version, data) VALUES (?, ?, 1, ?) ON CONFLICT (kind, id) "
            "DO UPDATE SET version = version + 1, data = excluded.data, deleted = 0 RETURNING version",
            kind,
            key,
            dumps(data),
        )
        return int(row["version"]) if row else 1

    def keep_many(self, kind: str, objects: Iterable[tuple[str, dict[str, Any]]]) -> None:
        """Write new objects of one kind in bulk, as the first filling of the base does."""
        self.db.executemany(
            "INSERT INTO object (kind, id, version, data) VALUES (?, ?, 1, ?)",
            ((kind, key, dumps(data)) for key, data in objects),
        )


def dumps(value: object) -> str:
    """JSON that keeps its Cyrillic."""
    return msgspec.json.encode(value).decode()
