"""Settings of one running portal: where its home folder is and how the outside world reaches it."""

from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True)
class Settings:
    """Read once at start; everything that the owner changes on pages lives in the database instead."""

    home: Path = field(default_factory=lambda: Path("home"))
    public_url: str = "http://127.0.0.1:8000"  # scheme://host[:port], no slash at the end
    clock_file: Path | None = None  # the demo and the tests shift the clock by it
    forwarded_from: str = ""  # address of the one proxy whose X-Forwarded-For is believed
    demo: bool = False

    @property
    def is_https(self) -> bool:
        return self.public_url.startswith("https://")
