"""«Настройки интеграции»: how the portal reaches 1C, and how often it works its queue."""

from dataclasses import dataclass, replace

from data import secrets, settings
from data.database import after_commit, reading
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


async def is_set() -> bool:
    """Whether the owner has said where 1C is."""
    async with reading():
        return (await settings.read(Integration)).is_complete


async def save(changed: Integration) -> None:
    """Keep the settings, the password given in plain text sealed; they are tried at once. Inside writing()."""
    await settings.save(replace(changed, password=secrets.seal(changed.password, place=PLACE)))
    await channel.forgive()
    after_commit(BELL.ring)
