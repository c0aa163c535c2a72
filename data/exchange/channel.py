"""The circuit of the way to 1C: closed while calls succeed, open for a growing pause while they fail."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from piccolo.columns import Integer, Text, Timestamptz, Varchar
from piccolo.table import Table

from data.database import DB, execute, fetch_one

NAME = "exchange_portal"
ALARM_AFTER = timedelta(minutes=10)  # a restart of 1C's web server is over by then


class Channel(Table, db=DB, tablename="channels"):
    """The state of one way to 1C: its circuit and its last run; it survives a restart."""

    name = Varchar(length=20, unique=True)
    failures = Integer()
    open_until = Timestamptz(null=True, default=None)
    failing_since = Timestamptz(null=True, default=None)
    error = Text()
    alarm_at = Timestamptz(null=True, default=None, help_text="from when the administrator must be told")
    last_run_at = Timestamptz(null=True, default=None)
    last_run = Text()


@dataclass(frozen=True)
class ChannelState:
    """``open_until``: no call before it. ``error``: why the last call failed, in words for the administrator."""

    failures: int = 0
    open_until: datetime | None = None
    failing_since: datetime | None = None
    error: str = ""
    alarm_at: datetime | None = None
    last_run_at: datetime | None = None
    last_run: str = ""

    def is_open(self, now: datetime) -> bool:
        return self.open_until is not None and now < self.open_until

    def is_alarm(self, now: datetime) -> bool:
        return self.alarm_at is not None and self.alarm_at <= now


async def state(name: str = NAME) -> ChannelState:
    """Inside reading() or writing()."""
    found = await fetch_one(
        "SELECT failures, open_until, failing_since, error, alarm_at, last_run_at, last_run FROM channels"
        " WHERE name = ?",
        name,
    )
    return ChannelState(*found) if found else ChannelState()


async def failed(error: str, *, open_until: datetime, urgent: bool, now: datetime, name: str = NAME) -> None:
    """A call failed: no other before ``open_until``. ``urgent``: somebody must act, tell at once. Inside writing()."""
    await execute(
        "INSERT INTO channels (name, failures, open_until, failing_since, error, alarm_at, last_run_at, last_run)"
        " VALUES (?, 1, ?, ?, ?, ?, ?, ?) ON CONFLICT (name) DO UPDATE SET failures = failures + 1,"
        " open_until = excluded.open_until, failing_since = coalesce(failing_since, excluded.failing_since),"
        " error = excluded.error, alarm_at = min(coalesce(alarm_at, excluded.alarm_at), excluded.alarm_at),"
        " last_run_at = excluded.last_run_at, last_run = excluded.last_run",
        *(name, open_until, now, error, now if urgent else now + ALARM_AFTER, now, error),
    )


async def succeeded(text: str, *, now: datetime, name: str = NAME) -> None:
    """A call was answered as it should be: the circuit is closed. Inside writing()."""
    await execute(
        "INSERT INTO channels (name, failures, error, last_run_at, last_run) VALUES (?, 0, '', ?, ?)"
        " ON CONFLICT (name) DO UPDATE SET failures = 0, open_until = NULL, failing_since = NULL, error = '',"
        " alarm_at = NULL, last_run_at = excluded.last_run_at, last_run = excluded.last_run",
        *(name, now, text),
    )


async def forgive(name: str = NAME) -> None:
    """The settings have changed: try at once, whatever failed before. Inside writing()."""
    await execute("UPDATE channels SET failures = 0, open_until = NULL WHERE name = ?", name)
