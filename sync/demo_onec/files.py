"""Files of this 1C lie in its home folder, each named by its SHA-256."""

import hashlib
from typing import Any

from sync.demo_onec.store import Store


def keep_file(store: Store, content: bytes, mime: str) -> str:
    """Write a file once and give its name."""
    sha256 = hashlib.sha256(content).hexdigest()
    path = store.files / sha256
    if not path.exists():
        path.write_bytes(content)
    store.db.execute("INSERT OR IGNORE INTO file (sha256, mime) VALUES (?, ?)", (sha256, mime))
    return sha256


def named_files(data: Any) -> list[str]:
    """The files that an object names: pictures of a good, the file of a document, files of a message."""
    if not isinstance(data, dict):
        return []
    entries = [*(data.get("images") or []), data.get("file"), *(data.get("files") or [])]
    return [entry["sha256"] for entry in entries if isinstance(entry, dict) and "sha256" in entry]
