"""Taking a port, and saying plainly when somebody else has it."""

import socket

from web.commands import CommandFailed

BACKLOG = 2048


def listen(host: str, port: int, *, option: str = "--port") -> socket.socket:
    """A socket that listens there. Raises CommandFailed with a text that names the option to change."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=BACKLOG)
    except OSError as error:
        raise CommandFailed(
            f"Порт {port} на {host} занят или недоступен ({error.strerror}). Выберите другой: {option} НОМЕР"
        ) from error
