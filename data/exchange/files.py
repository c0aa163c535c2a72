"""Files by their SHA-256 in the home folder: invoices and pictures that 1C has sent. A file never changes."""

import asyncio
import hashlib
import os
import re
from pathlib import Path
from uuid import uuid4

_folder: Path | None = None
NAME = re.compile(r"[0-9a-f]{64}")


class WrongHash(Exception):
    """The bytes are not those of the name."""


def keep_in(folder: Path) -> None:
    """Keep files in this folder."""
    global _folder  # noqa: PLW0603 - one folder in one process
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    _folder = folder


def path_of(sha256: str) -> Path:
    """Where the file of this hash is, or would be; ValueError when it is no such hash."""
    if _folder is None:
        raise RuntimeError("keep_in() first")
    if not NAME.fullmatch(sha256):
        raise ValueError(f"not a SHA-256: {sha256!r}")
    return _folder / sha256[:2] / sha256


def is_there(sha256: str) -> bool:
    return path_of(sha256).is_file()


async def keep(sha256: str, content: bytes) -> bool:
    """Keep the bytes, safe on the disk; False when they were there already. Raises WrongHash."""
    return await asyncio.to_thread(_keep, sha256, content)


async def keep_new(content: bytes) -> str:
    """Keep the bytes; their hash."""
    sha256 = hashlib.sha256(content).hexdigest()
    await keep(sha256, content)
    return sha256


async def content_of(sha256: str) -> bytes:
    """The bytes of this hash; FileNotFoundError when they are not here."""
    return await asyncio.to_thread(path_of(sha256).read_bytes)


def _keep(sha256: str, content: bytes) -> bool:
    path = path_of(sha256)
    if hashlib.sha256(content).hexdigest() != sha256:
        raise WrongHash(sha256)
    if path.exists():
        return False
    path.parent.mkdir(exist_ok=True)
    part = path.with_name(f"{sha256}.{uuid4().hex}.part")
    with part.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)
    return True
