"""The first schema."""

from data.database import execute
from data.schema import KEYS, TABLES


async def forwards() -> None:
    for table in TABLES:
        await table.create_table(if_not_exists=True)
    for key in KEYS:
        await execute(key)
