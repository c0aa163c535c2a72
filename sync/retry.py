"""When to try again. Pure decisions: ``luck`` is a random number in [0, 1) that the caller draws."""

from datetime import timedelta

AFTER_REFUSAL = (timedelta(minutes=1), timedelta(minutes=10))  # after the first and every later refusal
FIRST_PAUSE = timedelta(seconds=1)
LONGEST_PAUSE = timedelta(minutes=5)
LONGEST_ASKED = timedelta(hours=6)  # a Retry-After beyond this is a mistake of a proxy
NO_ANSWER_TO_RECORD = timedelta(minutes=1)  # 1C answered the call but not one of its records


def after_refusal(attempt: int, *, attempts: int, luck: float) -> timedelta | None:
    """The pause after this refused attempt (1 is the first) of so many allowed; None: no more by itself."""
    if attempt >= attempts:
        return None
    pause = AFTER_REFUSAL[min(attempt, len(AFTER_REFUSAL)) - 1]
    return pause * (1 + 0.2 * luck)


def circuit_pause(failures: int, *, luck: float, asked: timedelta | None = None) -> timedelta:
    """How long no call is made after so many failed in a row: 1 s, 2 s, 4 s … 5 min, each times 0.5 to 1.5.

    ``asked``: the Retry-After of the other side, which is honoured with a little jitter on top.
    """
    doubled: timedelta = min(FIRST_PAUSE * int(2 ** min(max(failures, 0), 20)), LONGEST_PAUSE)
    pause = doubled * (0.5 + luck)
    if asked is None:
        return pause
    return max(pause, min(asked, LONGEST_ASKED) * (1 + 0.1 * luck))
