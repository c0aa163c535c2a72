"""«Настройки интеграции»: how the portal reaches 1C, and how often it works its queue."""

from dataclasses import dataclass

from piccolo.columns import Integer, Text, Timestamptz, Varchar
from piccolo.table import Table

from data.database import DB

ATTEMPTS = 3  # «Количество попыток», the manual's default
EVERY_SECONDS = 60  # «Расписание» 01:00 (мм.сс), the manual's default


@dataclass(frozen=True)
class Integration:
    """Saved whole in the settings; the password is sealed."""

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


class Channel(Table, db=DB, tablename="channels"):
    """The state of one way to 1C: its circuit and its last run; it survives a restart."""

    name = Varchar(length=20, unique=True)
    failures = Integer()
    open_until = Timestamptz(null=True, default=None)
    failing_since = Timestamptz(null=True, default=None)
    error = Text()
    last_run_at = Timestamptz(null=True, default=None)
    last_run = Text()
