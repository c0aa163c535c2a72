"""The fonts that papers are drawn with: those of the portal, put there by the assets step."""

from pathlib import Path

import pytest

from data.documents.sheet import Fonts

VENDOR = Path(__file__).resolve().parents[2] / "web" / "static" / "vendor"


@pytest.fixture(scope="session")
def fonts() -> Fonts:
    return Fonts(VENDOR / "GolosText-Regular.ttf", VENDOR / "GolosText-SemiBold.ttf")
