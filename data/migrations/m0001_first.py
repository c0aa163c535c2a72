"""The first schema, as it was: later migrations change it, this one never."""

from pathlib import Path

from data.database import execute

STATEMENTS = Path(__file__).with_suffix(".sql").read_text("utf-8").split(";\n")


async def forwards() -> None:
    for statement in filter(str.strip, STATEMENTS):
        await execute(statement)
