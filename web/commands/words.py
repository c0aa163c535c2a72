"""The console speaks Russian: the words that argparse itself says, and checks of what was typed."""

import argparse
import re
from pathlib import Path
from typing import Any, NoReturn

SAID = (
    (re.compile(r"the following arguments are required: (.+)"), r"не указано: \1"),
    (re.compile(r"argument (\S+): invalid choice: '(.*)' \(choose from (.+)\)"), r"нет такого слова: «\2». Есть: \3"),
    (re.compile(r"unrecognized arguments: (.+)"), r"лишнее: \1"),
    (re.compile(r"argument (\S+): expected one argument"), r"\1: не указано значение"),
    (re.compile(r"argument (\S+): (.+)"), r"\1: \2"),
)


class Parser(argparse.ArgumentParser):
    """The same parser with Russian headings and complaints; commands inside it are of this class, too."""

    def __init__(self, **given: Any) -> None:
        super().__init__(**given, add_help=False, allow_abbrev=False)
        self._positionals.title, self._optionals.title = "Что указать", "Параметры"
        self.add_argument("-h", "--help", action="help", help="показать эту справку")

    def format_usage(self) -> str:
        return super().format_usage().replace("usage: ", "Вызов: ", 1)

    def format_help(self) -> str:
        return super().format_help().replace("usage: ", "Вызов: ", 1)

    def error(self, message: str) -> NoReturn:
        for pattern, russian in SAID:
            if pattern.fullmatch(message):
                message = pattern.sub(russian, message).replace("'", "")
                break
        self.exit(2, f"{self.prog}: {message}\nСправка: {self.prog} --help\n")


def home(parser: argparse.ArgumentParser, default: Path | None = None, shown: str = "./home") -> None:
    """Add «--home». Without a default the settings decide."""
    parser.add_argument("--home", type=Path, default=default, metavar="ПАПКА", help=f"папка с данными, обычно {shown}")


def port(text: str) -> int:
    """A port to listen on. Raises ArgumentTypeError."""
    if not text.isdecimal() or not 1 <= int(text) <= 65535:
        raise argparse.ArgumentTypeError(f"нужен номер порта от 1 до 65535, а не «{text}»")
    return int(text)


def count(text: str) -> int:
    """A whole number from one. Raises ArgumentTypeError."""
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"нужно целое число от 1, а не «{text}»")
    return int(text)
