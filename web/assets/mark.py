"""The mark is six printed lines in a square; its pictures for phones are painted from the same SVG."""

import struct
import zlib
from xml.etree import ElementTree

Colour = tuple[int, int, int]


def png(svg: bytes, size: int) -> bytes:
    """A square PNG of an SVG that is made of plain <rect> with whole numbers and #RRGGBB fills, no more."""
    drawing = ElementTree.fromstring(svg)
    side = int(drawing.attrib["viewBox"].split()[2])
    canvas: list[list[Colour]] = [[(255, 255, 255)] * size for _ in range(size)]
    for rect in drawing.findall("{*}rect"):
        left, top, right, bottom = (edge * size // side for edge in _edges(rect))
        for line in canvas[top:bottom]:
            line[left:right] = [_colour(rect)] * (right - left)
    rows = b"".join(b"\0" + bytes(part for colour in line for part in colour) for line in canvas)
    head = struct.pack(">IIBBBBB", size, size, 8, 2, 0, 0, 0)
    chunks = _chunk(b"IHDR", head) + _chunk(b"IDAT", zlib.compress(rows, 9)) + _chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + chunks


def _edges(rect: ElementTree.Element) -> tuple[int, int, int, int]:
    left, top = int(rect.get("x", "0")), int(rect.get("y", "0"))
    return left, top, left + int(rect.attrib["width"]), top + int(rect.attrib["height"])


def _colour(rect: ElementTree.Element) -> Colour:
    red, green, blue = bytes.fromhex(rect.attrib["fill"].removeprefix("#"))
    return red, green, blue


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
