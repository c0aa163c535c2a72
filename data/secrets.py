"""Secrets at rest: what must be used again is sealed with a key kept outside the database, of the rest only hashes."""

import base64
import hashlib
import os
import secrets
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

_key: bytes | None = None


def open_key(path: Path) -> None:
    """Use the 256-bit key in this file; make one, readable by the owner only, when there is none."""
    global _key  # noqa: PLW0603 - one key in one process
    if not path.exists():
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o400)
        with os.fdopen(descriptor, "wb") as file:
            file.write(secrets.token_bytes(32))
    _key = path.read_bytes()


def seal(text: str, *, place: str) -> str:
    """Text sealed for one place (a table and column), so that it cannot be moved to another."""
    if not text:
        return ""
    nonce = secrets.token_bytes(12)
    return base64.b64encode(nonce + _cipher().encrypt(nonce, text.encode(), place.encode())).decode()


def unseal(sealed: str, *, place: str) -> str:
    """The text sealed for this place; empty when the key is not the one it was sealed with."""
    if not sealed:
        return ""
    raw = base64.b64decode(sealed)
    try:
        return _cipher().decrypt(raw[:12], raw[12:], place.encode()).decode()
    except InvalidTag:
        return ""


def hash_of(token: str) -> str:
    """The SHA-256 kept of a token: 256 random bits need no slow hash."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def _cipher() -> AESGCM:
    if _key is None:
        raise RuntimeError("open_key() first")
    return AESGCM(_key)
