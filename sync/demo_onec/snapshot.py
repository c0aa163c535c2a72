"""A copy of the base as of yesterday, and going back to it: the other side sees a new epoch and lower numbers."""

import secrets
import sqlite3

from sync.demo_onec import queue
from sync.demo_onec.refusal import Refusal
from sync.demo_onec.settings import remembered
from sync.demo_onec.store import Store


def take_snapshot(store: Store) -> str:
    """Copy the whole base beside itself; gives the name of the copy."""
    target = store.home / "snapshot.sqlite"
    target.unlink(missing_ok=True)
    copy = sqlite3.connect(target)
    try:
        store.db.backup(copy)
    finally:
        copy.close()
    return target.name


def restore_snapshot(store: Store) -> str:
    """Put the copy in the place of the base; gives the new epoch. Raises Refusal when there is no copy.

    How the base is reached does not go back in time: that belongs to the machine, not to the books.
    """
    source = store.home / "snapshot.sqlite"
    if not source.exists():
        raise Refusal("NO_SNAPSHOT", "Снимка базы нет: сначала сделайте его")
    kept = remembered(store)
    copy = sqlite3.connect(source)
    try:
        copy.backup(store.db)
    finally:
        copy.close()
    store.prepare()
    with store.writing():
        generation = int(str(store.recall("epoch"))[1:].split("-")[0]) + 1
        epoch = f"e{generation}-{secrets.token_hex(2)}"
        store.remember("epoch", epoch)
        for name, value in kept.items():
            store.remember(name, value)
    queue.give_back_all(store)
    return epoch
