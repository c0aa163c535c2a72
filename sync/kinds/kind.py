"""What one kind of object must be able to do: be taken from 1C, be sent to 1C, or both."""

from collections.abc import Awaitable, Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from data.exchange.queue import Record


class Waits(Exception):
    """The item is good but its parent (this UUID) has not come yet: it is applied when the parent comes."""

    def __init__(self, parent: str) -> None:
        super().__init__(parent)
        self.parent = parent


class Wrong(Exception):
    """This item cannot be applied, and why; the code is for programs, the Russian message for 1C's journal."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


@dataclass(frozen=True)
class Receipt:
    """How 1C answered one record: its own document (``ref``: guid, number, date) and the object as 1C now holds it."""

    ref: Mapping[str, Any]
    data: Mapping[str, Any]


Put = Callable[[str, Mapping[str, Any], datetime], Awaitable[None]]  # uuid, data, now
Hide = Callable[[str, datetime], Awaitable[None]]  # uuid, now
Merge = Callable[[str, str, datetime], Awaitable[None]]  # uuid, the surviving uuid, now
Snapshot = Callable[[Mapping[str, str], Collection[str], datetime], Awaitable[None]]  # scope, all ids within it, now


@dataclass(frozen=True)
class Taken:
    """A kind that 1C sends. Everything runs inside writing(), each item in a savepoint of its own: whatever was done
    before raising Waits, Wrong or anything else is undone. Versions and repeats are looked after by the engine.
    """

    put: Put
    hide: Hide
    merge: Merge | None = None
    snapshot: Snapshot | None = None


async def _as_queued(record: Record) -> Mapping[str, Any]:
    return record.data


async def _nothing_more(record: Record, receipt: Receipt, now: datetime) -> None:
    return None


async def _no_mark(record: Record, text: str, now: datetime) -> None:
    return None


@dataclass(frozen=True)
class Sent:
    """A kind that we send. ``build`` makes ``data`` of the wire at the first sending; then it is frozen.

    ``accepted`` and ``conflict`` run in the transaction that deletes the record. ``refused`` runs when 1C has refused
    it once more; an empty text takes the mark back («Повторить»). All inside writing().
    """

    build: Callable[[Record], Awaitable[Mapping[str, Any]]] = _as_queued
    accepted: Callable[[Record, Receipt, datetime], Awaitable[None]] = _nothing_more
    conflict: Callable[[Record, Receipt, datetime], Awaitable[None]] = _nothing_more
    refused: Callable[[Record, str, datetime], Awaitable[None]] = _no_mark
