"""What time it is: aware UTC, and in the demo and in tests shifted by a file so that days can pass."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

_shift_file: Path | None = None
_last_shift = timedelta()


def read_shift_from(path: Path | None) -> None:
    """From now on the clock is shifted by the file: an RFC 3339 instant that "now" was when the file was written."""
    global _shift_file, _last_shift
    _shift_file, _last_shift = path, timedelta()


def now() -> datetime:
    """The present moment, aware UTC."""
    return datetime.now(UTC) if _shift_file is None else datetime.now(UTC) + _shift(_shift_file)


def _shift(file: Path) -> timedelta:
    """A file that is half written keeps the shift as it was: time must not jump back for a moment."""
    global _last_shift  # noqa: PLW0603 - one clock in one process
    try:
        written = datetime.fromtimestamp(file.stat().st_mtime, UTC)
        _last_shift = datetime.fromisoformat(file.read_text(encoding="ascii").strip()) - written
    except FileNotFoundError:
        _last_shift = timedelta()
    except (OSError, ValueError, TypeError):
        pass
    return _last_shift
