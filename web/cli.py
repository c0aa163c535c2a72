"""The command line: `portal demo`, `portal serve` and the rest, each in its own module."""

import io
import sys
from collections.abc import Sequence

from data.home import HomeInUse
from data.migrations.runner import CopyFailed, SchemaTooNew
from web.commands import Command, CommandFailed, demo, demo_onec, exchange, migrate, serve, user
from web.commands.words import Parser
from web.config import BadSettings

COMMANDS: tuple[Command, ...] = (demo, serve, demo_onec, migrate, user, exchange)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; its exit code. What a person can mend is said in one line, without a trace."""
    _lose_no_letter()
    parser = Parser(prog="portal", description="Портал заказов для партнеров компании с 1С")
    commands = parser.add_subparsers(metavar="КОМАНДА", required=True)
    for command in COMMANDS:
        command.add_to(commands)
    asked = parser.parse_args(arguments)
    try:
        code: int = asked.run(asked)
    except KeyboardInterrupt:
        code = 0
    except HomeInUse as error:
        code = fail(
            f"В папке {error} уже работает другой портал. Остановите его или укажите другую папку: --home ПАПКА"
        )
    except SchemaTooNew as error:
        code = fail(f"Данные записаны более новой версией портала ({error}). Обновите программу.")
    except CopyFailed as error:
        code = fail(f"Копия базы перед обновлением не удалась, ничего не изменено: {error}")
    except (BadSettings, CommandFailed) as error:
        code = fail(str(error))
    except PermissionError as error:
        code = fail(f"Нет доступа к файлу: {error.filename}")
    except (NotADirectoryError, FileExistsError, FileNotFoundError) as error:
        code = fail(f"Не папка или нет такой: {error.filename}")
    return code


def _lose_no_letter() -> None:
    """Print «?» where the console has no Russian letters, instead of ending with an error."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def fail(text: str) -> int:
    """Say why the command could not be done."""
    print(text, file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
