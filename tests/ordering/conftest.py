"""A filled shop for the tests of ordering."""

import pytest

from tests.ordering import world


@pytest.fixture
async def market(home):
    """The world of tests/ordering/world.py in an open home."""
    await world.fill()
