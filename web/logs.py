"""What happened, one JSON line each: when, who, what, with what result. Never bodies, query values or tokens."""

import sys
import traceback
from datetime import UTC, datetime
from typing import Any

import msgspec

from web.asked import Asked

_encode = msgspec.json.Encoder().encode


def log_request(asked: Asked, method: str, path: str, status: int, ms: float) -> None:
    """A request that was answered."""
    _write(_facts(asked, method, path) | {"status": status, "ms": round(ms, 1)})


def log_crash(asked: Asked, method: str, path: str, error: BaseException) -> None:
    """A bug, with where it happened; the texts of its exceptions are left out, they may quote what people typed."""
    where = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(error.__traceback__)]
    _write(_facts(asked, method, path) | {"level": "error", "error": type(error).__name__, "where": where[-12:]})


def _facts(asked: Asked, method: str, path: str) -> dict[str, Any]:
    who = asked.person.user_uuid if asked.person else ""
    at = datetime.now(UTC).isoformat(timespec="milliseconds")
    return {"at": at, "request": asked.id, "user": who, "method": method, "path": _masked(path)}


def _masked(path: str) -> str:
    """The tokens of one-time links stand in the path."""
    for secret in ("/invite/", "/login/reset/"):
        if path.startswith(secret):
            return secret + "…"
    return path[:500]


def _write(facts: dict[str, Any]) -> None:
    try:
        sys.stderr.write(_encode(facts).decode() + "\n")
    except (OSError, ValueError):  # a closed or full log must not stop the portal
        return
