"""What time it is for this 1C: the machine's clock, shifted by the file that the demo and the tests write."""

from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

MOSCOW = timezone(timedelta(hours=3))
"""The zone in which 1C writes its dates; Moscow has had no summer time since 2014."""


class Clock:
    """The file holds an RFC 3339 instant: what "now" was at the moment when the file was written."""

    def __init__(self, shift_file: Path | None) -> None:
        self._shift_file = shift_file
        self._last_shift = timedelta()

    def now(self) -> datetime:
        return (datetime.now(UTC) + self._shift()).astimezone(MOSCOW).replace(microsecond=0)

    def _shift(self) -> timedelta:
        """A file that is half written keeps the shift as it was: time must not jump back for a moment."""
        if self._shift_file is None:
            return timedelta()
        try:
            written = datetime.fromtimestamp(self._shift_file.stat().st_mtime, UTC)
            self._last_shift = datetime.fromisoformat(self._shift_file.read_text(encoding="ascii").strip()) - written
        except FileNotFoundError:
            self._last_shift = timedelta()
        except (OSError, ValueError, TypeError):
            pass
        return self._last_shift
