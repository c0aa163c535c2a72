"""What the rules can answer instead of a result."""


class Refusal(Exception):
    """The person asked for something the rules do not allow; the text is shown to them, nothing has changed.

    ``field`` names the form field the text belongs to, when there is one.
    """

    def __init__(self, text: str, field: str | None = None) -> None:
        super().__init__(text)
        self.text = text
        self.field = field


class Missing(Exception):
    """No such thing, or it is not theirs to see: the two are answered alike."""


class Stale(Exception):
    """The person decided on a version that has changed meanwhile; they are shown the fresh state."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text
