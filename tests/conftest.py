"""What every test may ask for: an opened home folder, and whole shops made of real processes."""

import pytest

from data.home import opened
from tests.running import open_shop, prepare_shop

pytest_plugins = ["tests.rows", "tests.front_door", "tests.cabinet"]


@pytest.fixture(scope="session")
def anyio_backend():
    return "asyncio"


@pytest.fixture
async def home(tmp_path):
    """An empty data home, opened in this process."""
    async with opened(tmp_path / "home"):
        yield tmp_path / "home"


@pytest.fixture(scope="session")
def prepared_home(tmp_path_factory):
    """The home folder of a demo that has run once, made once for each worker."""
    return prepare_shop(tmp_path_factory.mktemp("prepared") / "home")


@pytest.fixture(scope="session")
def shop(prepared_home, tmp_path_factory):
    """A running shop shared by tests that only read, or add things that disturb nobody."""
    opened_shop = open_shop(prepared_home, tmp_path_factory.mktemp("shop") / "home")
    yield opened_shop
    opened_shop.close()


@pytest.fixture
def fresh_shop(prepared_home, tmp_path):
    """A running shop of one's own, for tests that change much, kill processes or move the clock."""
    opened_shop = open_shop(prepared_home, tmp_path / "home")
    yield opened_shop
    opened_shop.close()
