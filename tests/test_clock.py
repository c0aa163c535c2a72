from datetime import UTC, datetime, timedelta

import pytest

from data import clock


@pytest.fixture
def file(tmp_path):
    clock.read_shift_from(tmp_path / "clock")
    yield tmp_path / "clock"
    clock.read_shift_from(None)


def is_about(moment, shift):
    return abs(moment - datetime.now(UTC) - shift) < timedelta(seconds=5)


def test_the_clock_goes_on_from_the_moment_in_the_file(file):
    file.write_text((datetime.now(UTC) + timedelta(days=2)).isoformat(), "ascii")

    assert is_about(clock.now(), timedelta(days=2))


@pytest.mark.parametrize("content", ["", "2026-", "soon", "2026-01-01T00:00:00"])
def test_a_half_written_file_does_not_turn_time_back(file, content):
    file.write_text((datetime.now(UTC) + timedelta(days=2)).isoformat(), "ascii")
    clock.now()

    file.write_text(content, "ascii")

    assert is_about(clock.now(), timedelta(days=2))


def test_without_the_file_it_is_the_machines_clock(file):
    file.write_text((datetime.now(UTC) + timedelta(days=2)).isoformat(), "ascii")
    clock.now()
    file.unlink()

    assert is_about(clock.now(), timedelta())
