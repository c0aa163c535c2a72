"""What happened, one JSON line each: when, who, what, with what result. Never bodies, query values or tokens."""

import re
import sys
import traceback
from datetime import UTC, datetime

import msgspec

from web.asked import Asked

PLAIN = re.compile(r"(?!/invite/|/login/reset/)[\w/.-]{1,200}", re.ASCII)  # needs neither escaping nor masking
_encode = msgspec.json.Encoder().encode


def log_request(asked: Asked, method: str, path: str, status: int, ms: float) -> None:
    """A request that was answered. Written by hand: every request pays for it."""
    who = asked.person.user_uuid if asked.person else ""
    named = f'"{path}"' if PLAIN.fullmatch(path) else _encode(_masked(path)).decode()
    spoken = f'"{method}"' if method.isalpha() else _encode(method).decode()
    _write(
        f'{{"at":"{_at()}","request":"{asked.id}","user":"{who}","method":{spoken},"path":{named},'
        f'"status":{status},"ms":{ms:.1f}}}\n'
    )


def log_crash(asked: Asked, method: str, path: str, error: BaseException) -> None:
    """A bug, with where it happened; the texts of its exceptions are left out, they may quote what people typed."""
    where = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(error.__traceback__)]
    who = asked.person.user_uuid if asked.person else ""
    facts = {"at": _at(), "request": asked.id, "user": who, "method": method, "path": _masked(path)}
    _write(_encode(facts | {"level": "error", "error": type(error).__name__, "where": where[-12:]}).decode() + "\n")


def _at() -> str:
    """The present moment as RFC 3339, aware UTC."""
    return datetime.now(UTC).isoformat(timespec="milliseconds")


def _masked(path: str) -> str:
    """The tokens of one-time links stand in the path."""
    for secret in ("/invite/", "/login/reset/"):
        if path.startswith(secret):
            return secret + "…"
    return path[:500]


def _write(line: str) -> None:
    try:
        sys.stderr.write(line)
    except (OSError, ValueError):  # a closed or full log must not stop the portal
        return
