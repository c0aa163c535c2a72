"""What this 1C answers when its rules say no."""


class Refusal(Exception):
    """A code for the program of the other side and a text for its people; nothing was changed."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


class Conflict(Exception):
    """The decision was made on terms or a state that are no more: the other side gets the order as it stands."""
