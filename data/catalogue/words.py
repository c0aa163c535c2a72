"""How words are compared: folded, ё as е; articles without separators. SQLite folds ASCII only, so we do it."""

import re

SEPARATORS = re.compile(r"[\s\-./\\_,·]+")
WORD = re.compile(r"[^\W_]+")


def fold(text: str) -> str:
    """Text for comparing: case-folded, ё as е, one space between words."""
    return " ".join(text.casefold().replace("ё", "е").split())


def article_key(text: str) -> str:
    """An article or barcode for comparing: folded, without spaces, dashes, dots and slashes."""
    return SEPARATORS.sub("", fold(text))


def words_of(text: str) -> list[str]:
    """The folded words of a text, as the index holds them."""
    return WORD.findall(fold(text))
