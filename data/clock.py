"""What time it is: aware UTC, and in the demo and in tests shifted by a file so that days can pass."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

_shift_file: Path | None = None


def read_shift_from(path: Path | None) -> None:
    """From now on the clock is shifted by the file: an RFC 3339 instant that "now" was when the file was written."""
    global _shift_file  # noqa: PLW0603 - one clock in one process
    _shift_file = path


def now() -> datetime:
    """The present moment, aware UTC."""
    return datetime.now(UTC) if _shift_file is None else datetime.now(UTC) + _shift()


def _shift() -> timedelta:
    if _shift_file is None:
        return timedelta()
    try:
        written = _shift_file.stat().st_mtime
        text = _shift_file.read_text(encoding="ascii").strip()
        return datetime.fromisoformat(text) - datetime.fromtimestamp(written, UTC)
    except (OSError, ValueError, TypeError):
        return timedelta()
