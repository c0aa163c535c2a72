"""A sheet of A4 paper: text is put down as it is, without any markup, and a cursor runs down from page to page."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from pathlib import Path

from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from data.documents.lettering import printable, wrap

WIDTH: float = A4[0]
HEIGHT: float = A4[1]
LEFT, RIGHT = 42.0, WIDTH - 28.0  # 15 mm for the hole punch, 10 mm on the other side
TOP, BOTTOM = HEIGHT - 28.0, 40.0
LEADING = 1.22  # height of a line in font sizes


@dataclass(frozen=True, slots=True)
class Fonts:
    """The TrueType files of the two weights; both need Cyrillic letters."""

    regular: Path
    semibold: Path


@dataclass(frozen=True, slots=True)
class Style:
    """How a text stands: its size in points and its weight."""

    size: float = 9.0
    bold: bool = False

    @property
    def leading(self) -> float:
        """Height of one line in points."""
        return self.size * LEADING


class Sheet:
    """Where the next thing is put: ``y`` is the upper edge of what comes, in points from the bottom."""

    def __init__(self, fonts: Fonts, *, title: str, author: str, subject: str) -> None:
        self._file = BytesIO()
        self._canvas = Canvas(self._file, pagesize=A4, pageCompression=1, lang="ru-RU")
        self._canvas.setTitle(title)
        self._canvas.setAuthor(author)
        self._canvas.setSubject(subject)
        self._canvas.setCreator("Накладная")
        self._faces = {bold: _face(path) for bold, path in ((False, fonts.regular), (True, fonts.semibold))}
        self.y = TOP
        self.page = 1

    def width_of(self, text: str, style: Style) -> float:
        """The width of one line in points."""
        return float(self._faces[style.bold].stringWidth(text, style.size))

    def legible(self, text: str, limit: int, *, bold: bool = False) -> str:
        """One printable line of at most ``limit`` letters; a letter that the font lacks is a question mark."""
        known = self._faces[bold].face.charToGlyph
        return "".join(letter if ord(letter) in known else _substitute(letter) for letter in printable(text, limit))

    def lines(self, text: str, width: float, style: Style, *, limit: int = 500) -> list[str]:
        """The text made legible and wrapped to the width."""
        return wrap(self.legible(text, limit, bold=style.bold), width, lambda piece: self.width_of(piece, style))

    def put(self, x: float, y: float, text: str, style: Style, *, align: str = "left", width: float = 0.0) -> None:
        """One line with its base at ``y``; with a width it is aligned inside and made smaller until it fits."""
        used = self.width_of(text, style)
        if width and used > width:
            style = Style(style.size * width / used, style.bold)
            used = width
        shift = {"left": 0.0, "right": width - used, "center": (width - used) / 2}[align]
        self._canvas.setFont(self._faces[style.bold].fontName, style.size)
        self._canvas.drawString(x + shift, y, text)

    def block(
        self, x: float, top: float, lines: list[str], style: Style, *, align: str = "left", width: float = 0.0
    ) -> float:
        """Lines one under another from ``top`` down; the answer is the lower edge."""
        for line in lines:
            self.put(x, top - style.size, line, style, align=align, width=width)
            top -= style.leading
        return top

    def rule(self, x1: float, y1: float, x2: float, y2: float, *, thick: float = 0.5) -> None:
        """A straight line."""
        self._canvas.setLineWidth(thick)
        self._canvas.line(x1, y1, x2, y2)

    def box(self, x: float, top: float, width: float, height: float, *, thick: float = 0.5) -> None:
        """An empty frame hanging from ``top``."""
        self._canvas.setLineWidth(thick)
        self._canvas.rect(x, top - height, width, height)

    def squares(self, dark: list[tuple[int, int, int]], x: float, top: float, side: float) -> None:
        """Dark runs (row, column, length) of squares of one side, in one path so that no hair line shows between."""
        self._canvas.saveState()
        self._canvas.translate(x, top)
        self._canvas.scale(side, -side)
        path = self._canvas.beginPath()
        for row, column, length in dark:
            path.rect(column, row, length, 1)
        self._canvas.drawPath(path, stroke=0, fill=1)
        self._canvas.restoreState()

    def ensure(self, height: float, after_break: Callable[[], None] | None = None) -> None:
        """Begins a new page when less than ``height`` is left on this one."""
        if self.y - height >= BOTTOM:
            return
        self._number_page()
        self._canvas.showPage()
        self.page += 1
        self.y = TOP
        if after_break is not None:
            after_break()

    def finish(self) -> bytes:
        """The whole file."""
        if self.page > 1:
            self._number_page()
        self._canvas.save()
        return self._file.getvalue()

    def _number_page(self) -> None:
        self.put(LEFT, BOTTOM - 16, f"Лист {self.page}", Style(7), align="right", width=RIGHT - LEFT)


@lru_cache(maxsize=8)
def _face(path: Path) -> TTFont:
    # The whole path is the name, so that two files of one name do not meet in reportlab's register.
    font = TTFont(str(path), str(path))
    pdfmetrics.registerFont(font)
    return font


def _substitute(letter: str) -> str:
    return " " if letter == "\u00a0" else "?"
