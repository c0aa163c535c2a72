"""Taking a port, and saying plainly when somebody else has it."""

import errno
import socket

from web.commands import CommandFailed

BACKLOG = 2048


def listen(host: str, port: int, *, option: str = "--port") -> socket.socket:
    """A socket that listens there. Raises CommandFailed with a text that names the option to change."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=BACKLOG)
    except OSError as error:
        raise CommandFailed(_why(error, host, port, option)) from error


def _why(error: OSError, host: str, port: int, option: str) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"Порт {port} на {host} занят. Выберите другой: {option} НОМЕР"
    if error.errno == errno.EACCES:
        return f"Порт {port} может занять только администратор. Выберите другой: {option} НОМЕР"
    if error.errno in {errno.EADDRNOTAVAIL, socket.EAI_NONAME}:
        return f"У этого компьютера нет адреса {host}. Укажите другой: --host АДРЕС"
    return f"Порт {port} на {host} недоступен. Выберите другой: {option} НОМЕР"
