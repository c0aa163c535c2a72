"""«Настройки интеграции»: how the portal reaches 1C, and how often it works its queue."""

from dataclasses import dataclass, replace

from piccolo.columns import Integer, Text, Timestamptz, Varchar
from piccolo.table import Table

from data import secrets, settings
from data.database import DB, after_commit
from data.exchange import channel
from data.exchange.queue import BELL

ATTEMPTS = 3  # «Количество попыток», the manual's default
EVERY_SECONDS = 60  # «Расписание» 01:00 (мм.сс), the manual's default
PLACE = "settings.Integration.password"


@dataclass(frozen=True)
class Integration:
    """How 1C is reached. Read it with current() and keep it with save(): in the table the password is sealed."""

    server: str = ""
    path: str = ""
    login: str = ""
    password: str = ""
    attempts: int = ATTEMPTS
    every_seconds: int = EVERY_SECONDS
    private_address_confirmed: bool = False
    certificate_file: str = ""

    @property
    def is_complete(self) -> bool:
        return bool(self.server and self.path)


async def current() -> Integration:
    """The settings as saved, the password readable. Inside reading() or writing()."""
    saved = await settings.read(Integration)
    return replace(saved, password=secrets.unseal(saved.password, place=PLACE))


async def save(changed: Integration) -> None:
    """Keep the settings, the password given in plain text sealed; they are tried at once. Inside writing()."""
    await settings.save(replace(changed, password=secrets.seal(changed.password, place=PLACE)))
    await channel.forgive()
    after_commit(BELL.ring)


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
