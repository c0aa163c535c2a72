"""Foreign text becomes one printable line of limited length, and lines that fit a width in linear time."""

import unicodedata
from collections.abc import Callable

# Letters without a place on paper: controls, bidirectional and other format marks, surrogates, private and unassigned.
_UNPRINTABLE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
_CUT = "…"


def printable(text: str, limit: int) -> str:
    """The text composed, its white space and controls made single spaces or dropped, at most ``limit`` letters."""
    # Twice the limit is enough to judge by: what was cut off cannot come back, and 100,000 letters cost nothing.
    composed = unicodedata.normalize("NFC", text[: 2 * limit])
    kept = "".join(_letter(letter) for letter in composed)
    line = " ".join(filter(None, kept.split(" ")))
    if len(line) > limit or len(text) > 2 * limit:
        return line[: limit - 1].rstrip() + _CUT
    return line


def wrap(text: str, width: float, measure: Callable[[str], float]) -> list[str]:
    """Lines no wider than ``width``, broken at spaces, and inside a word only when it is wider than a line."""
    lines: list[str] = []
    line, used = "", 0.0
    space = measure(" ")
    for word in text.split(" "):
        for piece, length in _pieces(word, width, measure):
            if line and used + space + length <= width:
                line, used = f"{line} {piece}", used + space + length
            else:
                lines += [line] if line else []
                line, used = piece, length
    return [*lines, line] if line else lines


def _pieces(word: str, width: float, measure: Callable[[str], float]) -> list[tuple[str, float]]:
    whole = measure(word)
    if whole <= width:
        return [(word, whole)]
    pieces: list[tuple[str, float]] = []
    piece, used = "", 0.0
    for letter in word:
        length = measure(letter)
        if piece and used + length > width:
            pieces.append((piece, used))
            piece, used = "", 0.0
        piece, used = piece + letter, used + length
    return [*pieces, (piece, used)]


def _letter(letter: str) -> str:
    if letter.isspace() and letter != "\u00a0":
        return " "
    return "" if unicodedata.category(letter) in _UNPRINTABLE else letter
