"""A paper is downloaded under a name that every file system, share sheet and HTTP header accepts."""

import re
from urllib.parse import quote

from data.documents.figures import day
from data.documents.invoice import Invoice, printed_number
from data.documents.lettering import printable

_FORBIDDEN = re.compile(r'[<>:"/\\|?*%«»“”„]')  # Windows names, and quotes that no name needs
_LONGEST = 100  # letters; 200 bytes of Cyrillic stay under the 255 that file systems allow
_CYRILLIC = "абвгдеёжзийклмнопрстуфхцчшщъыьэюя"
_SOUNDS = (
    *("a", "b", "v", "g", "d", "e", "e", "zh", "z", "i", "y", "k", "l", "m", "n", "o", "p", "r", "s", "t", "u", "f"),
    *("kh", "ts", "ch", "sh", "shch", "", "y", "", "e", "yu", "ya"),
)
_LATIN = dict(zip(_CYRILLIC, _SOUNDS, strict=True))


def invoice_file_name(invoice: Invoice) -> str:
    """The name partners like: "Счет 14 от 07.02.2024 ООО Ромашка.pdf", after the seller."""
    number = printable(printed_number(invoice.number), 20)
    return safe_file_name(f"Счет {number} от {day(invoice.dated)} {invoice.seller.name}", extension="pdf")


def safe_file_name(name: str, *, extension: str) -> str:
    """The name without its own extension, without letters that a file system refuses, cut to a length that all bear."""
    stem = _FORBIDDEN.sub(" ", printable(name, 4 * _LONGEST).replace("\u00a0", " "))
    if stem.lower().endswith(f".{extension}"):
        stem = stem[: -len(extension) - 1]
    stem = " ".join(stem.split())[:_LONGEST].strip(" .")
    return f"{stem or 'Документ'}.{extension}"


def content_disposition(file_name: str, *, inline: bool = False) -> str:
    """The header's value: the name in Latin letters for old programs and in UTF-8 (RFC 6266) for all others."""
    plain = "".join(_latin(letter) for letter in file_name)
    kind = "inline" if inline else "attachment"
    return f"{kind}; filename=\"{plain}\"; filename*=UTF-8''{quote(file_name, safe='')}"


def _latin(letter: str) -> str:
    if letter.isascii():
        return letter if letter.isprintable() and letter not in '"\\%;' else "_"
    small = _LATIN.get(letter.lower(), "_")
    return small.capitalize() if letter.isupper() else small
