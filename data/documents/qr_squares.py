"""A text becomes the dark squares of a QR code of error level M, with room for its quiet zone."""

from itertools import groupby

from reportlab.graphics.barcode import qrencoder

QUIET = 4  # squares of white that scanners want on every side


def dark_runs(text: str) -> tuple[list[tuple[int, int, int]], int]:
    """The dark runs (row, column, length) of the code and how many squares a side has, the quiet zone included."""
    code = qrencoder.QRCode(None, qrencoder.QRErrorCorrectLevel.M)
    # Bytes are given, because reportlab would try to read Cyrillic as Kanji first.
    code.addData(qrencoder.QR8bitByte(text.encode()))
    code.make()
    runs = [run for row, squares in enumerate(code.modules) for run in _runs(row, squares)]
    return runs, len(code.modules) + 2 * QUIET


def _runs(row: int, squares: list[bool]) -> list[tuple[int, int, int]]:
    runs, column = [], 0
    for is_dark, group in groupby(squares):
        length = len(list(group))
        if is_dark:
            runs.append((row + QUIET, column + QUIET, length))
        column += length
    return runs
