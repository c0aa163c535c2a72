"""The column types of the portal: money, quantities, percents and identifiers, each with one meaning."""

from typing import Any

from piccolo.columns import BigInt, Integer, Varchar


class Money(BigInt):
    """Kopecks. Piccolo would keep a Decimal as a float on SQLite, so sums are integers."""

    def __init__(self, default: int | None = 0, **kwargs: Any) -> None:
        super().__init__(default=default, **kwargs)


class Quantity(BigInt):
    """Thousandths of a base unit."""

    def __init__(self, default: int | None = 0, **kwargs: Any) -> None:
        super().__init__(default=default, **kwargs)


class Percent(Integer):
    """Hundredths of a percent: 2250 is 22,5 %."""

    def __init__(self, default: int | None = 0, **kwargs: Any) -> None:
        super().__init__(default=default, **kwargs)


class Uid(Varchar):
    """A UUID as canonical lower-case text: the only identifier that leaves the process."""

    def __init__(self, default: str | None = "", **kwargs: Any) -> None:
        super().__init__(length=36, default=default, **kwargs)
