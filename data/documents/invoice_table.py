"""The table of an invoice: wrapped names, its head again on every page, a column only where a line needs it."""

from dataclasses import dataclass

from data.documents.figures import grouped, money, quantity
from data.documents.invoice import InvoiceLine
from data.documents.sheet import LEFT, RIGHT, Sheet, Style

_CELL, _HEAD = Style(8), Style(8, bold=True)
_PAD = 3.0
_EDGE = 1.0  # thickness of the outer frame
SUM_WIDTH = 72.0


@dataclass(frozen=True, slots=True)
class _Column:
    title: str
    width: float
    align: str = "left"


class LinesTable:
    """The columns of one invoice: «Артикул» and «Скидка» stand only when a line has one."""

    def __init__(self, sheet: Sheet, lines: tuple[InvoiceLine, ...]) -> None:
        self._sheet = sheet
        self._lines = lines
        self._has_articles = any(line.article for line in lines)
        self._has_discounts = any(line.discount_kopecks for line in lines)
        self._columns = self._lay_out()

    def draw(self) -> None:
        """Puts the table down from the sheet's cursor, over as many pages as it takes."""
        self._draw_head()
        for number, line in enumerate(self._lines, start=1):
            self._draw_row(self._cells(number, line))

    def _lay_out(self) -> list[_Column]:
        before = [_Column("№", 28, "center")] + ([_Column("Артикул", 72)] if self._has_articles else [])
        after = [_Column("Кол-во", 50, "right"), _Column("Ед.", 34), _Column("Цена", 64, "right")]
        after += [_Column("Скидка", 56, "right")] if self._has_discounts else []
        after += [_Column("Сумма", SUM_WIDTH, "right")]
        name_width = RIGHT - LEFT - sum(column.width for column in before + after)
        return [*before, _Column("Товары (работы, услуги)", name_width), *after]

    def _cells(self, number: int, line: InvoiceLine) -> list[list[str]]:
        sheet, widths = self._sheet, {column.title: column.width - 2 * _PAD for column in self._columns}
        name = sheet.lines(line.name, widths["Товары (работы, услуги)"], _CELL, limit=600)
        cells = [[grouped(number)]]
        cells += [sheet.lines(line.article, widths["Артикул"], _CELL, limit=60)] if self._has_articles else []
        cells += [name, [quantity(line.quantity)], sheet.lines(line.unit, widths["Ед."], _CELL, limit=25)]
        cells += [[money(line.price_kopecks)]]
        cells += [[money(line.discount_kopecks) if line.discount_kopecks else ""]] if self._has_discounts else []
        return [*cells, [money(line.sum_kopecks)]]

    def _draw_head(self) -> None:
        height = _HEAD.leading + 2 * _PAD
        self._sheet.ensure(height * 3)
        x, base = LEFT, self._sheet.y - _PAD - _HEAD.size
        for column in self._columns:
            self._sheet.put(x + _PAD, base, column.title, _HEAD, align="center", width=column.width - 2 * _PAD)
            x += column.width
        self._draw_grid(height)
        self._sheet.rule(LEFT, self._sheet.y, RIGHT, self._sheet.y, thick=_EDGE)
        self._sheet.y -= height
        self._sheet.rule(LEFT, self._sheet.y, RIGHT, self._sheet.y)

    def _draw_row(self, cells: list[list[str]]) -> None:
        height = max(len(lines) for lines in cells) * _CELL.leading + _PAD
        self._sheet.ensure(height, after_break=self._draw_head)
        x = LEFT
        for column, lines in zip(self._columns, cells, strict=True):
            self._sheet.block(
                x + _PAD, self._sheet.y - 1, lines, _CELL, align=column.align, width=column.width - 2 * _PAD
            )
            x += column.width
        self._draw_grid(height)
        self._sheet.y -= height
        self._sheet.rule(LEFT, self._sheet.y, RIGHT, self._sheet.y)

    def _draw_grid(self, height: float) -> None:
        x = LEFT
        for column in self._columns:
            self._sheet.rule(x, self._sheet.y, x, self._sheet.y - height, thick=_EDGE if x == LEFT else 0.5)
            x += column.width
        self._sheet.rule(RIGHT, self._sheet.y, RIGHT, self._sheet.y - height, thick=_EDGE)
