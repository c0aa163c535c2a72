"""Drawings happen in a child that is warm, alone, knows no database and dies when it takes too long."""

import asyncio
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from data.documents import drawing_process
from data.documents.drawing_process import DrawingFailed, close_drawing, draw_apart
from data.documents.invoice_drawing import Fonts
from tests.documents.samples import INVOICE, LINES, text_of

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(autouse=True, scope="module")
def _ended() -> Iterator[None]:
    yield
    close_drawing()


def child() -> subprocess.Popen[bytes]:
    process = drawing_process._child._process
    assert process is not None
    return process


async def test_an_invoice_is_drawn_apart_and_the_child_stays_warm(fonts: Fonts) -> None:
    first = await draw_apart(INVOICE, fonts)
    process = child()

    second = await draw_apart(INVOICE, fonts)

    assert "Счет на оплату № 14" in text_of(first)
    assert "Счет на оплату № 14" in text_of(second)
    assert child() is process


async def test_an_endless_drawing_is_killed_and_the_next_one_succeeds(fonts: Fonts) -> None:
    await draw_apart(INVOICE, fonts)
    process = child()
    hostile = replace(INVOICE, lines=LINES * 300_000)
    started = time.monotonic()

    with pytest.raises(DrawingFailed, match="limit"):
        await draw_apart(hostile, fonts, seconds=0.5)

    assert time.monotonic() - started < 8
    assert process.returncode is not None, "killed and waited for: no zombie"
    assert "Счет на оплату № 14" in text_of(await draw_apart(INVOICE, fonts))


async def test_the_loop_goes_on_while_an_invoice_is_drawn(fonts: Fonts) -> None:
    await draw_apart(INVOICE, fonts)
    drawing = asyncio.ensure_future(draw_apart(replace(INVOICE, lines=LINES * 200), fonts))
    turns = 0

    while not drawing.done():
        turns += 1
        await asyncio.sleep(0.001)

    assert drawing.result().startswith(b"%PDF")
    assert turns > 10


async def test_many_invoices_at_once_all_arrive(fonts: Fonts) -> None:
    wanted = [f"{number:06d}" for number in range(1, 13)]

    files = await asyncio.gather(*(draw_apart(replace(INVOICE, number=number), fonts) for number in wanted))

    for number, file in zip(wanted, files, strict=True):
        assert f"Счет на оплату № {int(number)} от" in text_of(file)


async def test_a_font_that_is_missing_fails_with_its_reason_and_spoils_nothing(fonts: Fonts, tmp_path: Path) -> None:
    with pytest.raises(DrawingFailed, match=r"none\.ttf"):
        await draw_apart(INVOICE, Fonts(tmp_path / "none.ttf", fonts.semibold))

    assert (await draw_apart(INVOICE, fonts)).startswith(b"%PDF")


async def test_a_child_that_died_while_idle_is_replaced(fonts: Fonts) -> None:
    await draw_apart(INVOICE, fonts)
    child().kill()
    child().wait()

    assert (await draw_apart(INVOICE, fonts)).startswith(b"%PDF")


def test_the_child_loads_neither_the_database_nor_the_portal() -> None:
    code = "import sys, data.documents.drawing_child; print({'piccolo', 'sqlite3', 'web'} & set(sys.modules))"

    answer = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)

    assert answer.stdout.strip() == "set()"
