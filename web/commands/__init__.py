"""Commands of the console: each module adds its words to the parser and runs."""

import argparse
from typing import Any, Protocol


class CommandFailed(Exception):
    """The command cannot be done; the text says what to do about it."""


class Command(Protocol):
    """A module with a function that adds the command's words; it sets ``run`` to what does the work."""

    def add_to(self, commands: "argparse._SubParsersAction[Any]") -> None: ...
