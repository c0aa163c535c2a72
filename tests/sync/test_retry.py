"""When to try again: the decisions alone, as a table."""

from datetime import UTC, datetime, timedelta

import pytest

from sync import retry
from sync.exchange_portal.failures import asked_pause

SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)


@pytest.mark.parametrize(
    ("attempt", "attempts", "pause"),
    [
        (1, 3, MINUTE),
        (2, 3, 10 * MINUTE),
        (3, 3, None),
        (4, 3, None),
        (1, 1, None),
        (4, 5, 10 * MINUTE),
        (5, 5, None),
    ],
)
def test_a_refused_record_is_tried_after_one_and_ten_minutes(attempt, attempts, pause):
    assert retry.after_refusal(attempt, attempts=attempts, luck=0.0) == pause


def test_jitter_spreads_the_tries_by_a_fifth():
    assert retry.after_refusal(1, attempts=3, luck=0.5) == 66 * SECOND


@pytest.mark.parametrize(
    ("failures", "seconds"), [(0, 1), (1, 2), (2, 4), (5, 32), (8, 256), (9, 300), (50, 300), (10**9, 300)]
)
def test_the_pause_of_the_circuit_doubles_up_to_five_minutes(failures, seconds):
    assert retry.circuit_pause(failures, luck=0.5) == seconds * SECOND
    assert retry.circuit_pause(failures, luck=0.0) == seconds * SECOND / 2


@pytest.mark.parametrize(
    ("asked", "luck", "pause"),
    [
        (10 * MINUTE, 0.0, 10 * MINUTE),
        (10 * MINUTE, 0.5, 10.5 * MINUTE),
        (timedelta(), 0.5, SECOND),
        (timedelta(days=400), 0.0, retry.LONGEST_ASKED),
    ],
)
def test_retry_after_is_a_lower_bound(asked, luck, pause):
    assert retry.circuit_pause(0, luck=luck, asked=asked) == pause


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("600", 600),
        (" 5 ", 5),
        ("Mon, 02 Mar 2026 09:02:00 GMT", 120),
        ("Mon, 02 Mar 2026 08:00:00 GMT", 0),
        ("", None),
        ("soon", None),
        ("-5", None),
        ("٣", None),
        ("9" * 400, 10**8),
    ],
)
def test_retry_after_is_read_as_seconds_or_as_a_date(text, seconds):
    now = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)

    assert asked_pause(text, now) == (None if seconds is None else timedelta(seconds=seconds))
