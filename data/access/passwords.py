"""Passwords are kept as argon2id hashes, made and compared on two threads of their own.

Two threads, because each hash takes 19 MiB and some 30 ms: 32 at once would take the machine.
"""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import TypeVar

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from data.errors import Refusal

SHORTEST = 8  # NIST SP 800-63B: length matters, composition rules do not
LONGEST = 256  # a megabyte of password must not be hashed
QUEUE = 100  # hashes that may wait, some 2 s of work: more is an attack, and waiting would only feed it

HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)  # OWASP's second choice, one lane
COMMON = frozenset(
    "password passw0rd password1 password123 qwerty123 qwertyui qwertyuiop 12345678 123456789 1234567890 11111111"
    " 00000000 87654321 987654321 12341234 abcd1234 iloveyou 1q2w3e4r 1q2w3e4r5t qazwsxedc йцукенгш йцукен123"
    " пароль123 парольпароль qwerty12 admin123 administrator 88888888 77777777 zaq12wsx letmein1 накладная".split()
)


Result = TypeVar("Result")


class Busy(Exception):
    """Too many passwords are being compared at this moment; try again in a few seconds."""


def check_password(password: str, *, context: tuple[str, ...] = ()) -> None:
    """Raises Refusal unless it may be a password: 8 to 256 characters, not common, not the person's own login."""
    if len(password) < SHORTEST:
        raise Refusal(f"Пароль должен быть не короче {SHORTEST} символов", "password")
    if len(password) > LONGEST:
        raise Refusal(f"Пароль должен быть не длиннее {LONGEST} символов", "password")
    folded = password.casefold()
    if folded in COMMON or len(set(folded)) < 3:
        raise Refusal("Этот пароль слишком известен. Придумайте другой, например из трёх случайных слов", "password")
    if folded in {word.casefold() for word in context if word}:
        raise Refusal("Пароль не должен совпадать с логином, почтой или именем", "password")


async def hashed(password: str) -> str:
    """The hash to keep. Not inside writing(): it takes long."""
    return await _apart(HASHER.hash, password)


async def is_right(password: str, kept: str) -> bool:
    """Whether it is the password of this hash; an empty hash takes as long and is never right."""
    if len(password) > LONGEST:
        return False
    return await _apart(_verify, password, kept)


def _verify(password: str, kept: str) -> bool:
    try:
        return HASHER.verify(kept or _dummy(), password) and bool(kept)
    except (VerificationError, InvalidHashError):
        return False


@cache
def _dummy() -> str:
    return HASHER.hash("nobody has this password")


@cache
def _threads() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(2, thread_name_prefix="password")


async def _apart(work: Callable[..., Result], *args: str) -> Result:
    if _threads()._work_queue.qsize() > QUEUE:
        raise Busy
    return await asyncio.get_running_loop().run_in_executor(_threads(), work, *args)
