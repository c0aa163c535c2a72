"""One sprite holds every icon that pages use, by the names of the Lucide set."""

import re
from importlib.metadata import files
from pathlib import Path
from xml.etree import ElementTree
from zipfile import ZipFile

NAMES = [
    "check",
    "chevron-left",
    "chevron-right",
    "clipboard-list",
    "clock",
    "copy",
    "download",
    "ellipsis",
    "eye",
    "eye-off",
    "house",
    "inbox",
    "key",
    "layout-grid",
    "log-out",
    "mail",
    "minus",
    "phone",
    "plus",
    "refresh-cw",
    "search",
    "shopping-cart",
    "trash-2",
    "triangle-alert",
    "undo-2",
    "wifi-off",
]


def sprite() -> bytes:
    """An SVG with one <symbol> per icon; colour and line come from the page's style."""
    import lucide

    with ZipFile(Path(lucide.__file__).parent / "lucide.zip") as icons:
        symbols = [_symbol(name, icons.read(f"{name}.svg")) for name in NAMES]
    return ('<svg xmlns="http://www.w3.org/2000/svg">' + "".join(symbols) + "</svg>\n").encode()


def licence() -> bytes:
    found = [path for path in files("lucide") or [] if path.name == "LICENSE"]
    return found[0].read_binary()


def _symbol(name: str, source: bytes) -> str:
    drawing = ElementTree.fromstring(source)
    inner = "".join(ElementTree.tostring(shape, encoding="unicode").strip() for shape in drawing)
    inner = re.sub(r' xmlns:ns0="[^"]*"', "", inner).replace("ns0:", "").replace(" />", "/>")
    return f'<symbol id="{name}" viewBox="0 0 24 24">{inner}</symbol>'
