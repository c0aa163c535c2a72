"""Golos Text with digits of one width, whole for papers and cut to Russian and Latin for pages."""

from io import BytesIO

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

DIGITS = "0123456789"
LATIN = [*range(0x20, 0x7F)]  # accented letters come from the system's font
RUSSIAN = [*range(0x410, 0x450), 0x401, 0x451]
# Spaces, quotes, dashes, and the signs of trade and measure.
SIGNS = [ord(sign) for sign in "\u00a0\u00ad\u2009\u202f\u2011«»„“”’–—…•·№₽€§©®°±²³µ×Ø½¼→←−≈≤≥"]
KEPT_FEATURES = ["kern"]  # without the broken tnum and its kin


def with_even_digits(source: bytes) -> bytes:
    """The same font; every digit is centred in the widest, so columns of sums line up everywhere.

    The font's own tabular figures are uneven (580-620 of 1000), and ReportLab knows no OpenType features.
    """
    font = TTFont(BytesIO(source), recalcTimestamp=False)
    names = [font.getBestCmap()[ord(digit)] for digit in DIGITS]
    widest = max(font["hmtx"][name][0] for name in names)
    for name in names:
        _centre(font, name, widest)
    _forget_kerning(font, set(names))
    return _bytes(font)


def cut(source: bytes) -> bytes:
    """The font as woff2 with the letters that our pages need, without hinting."""
    font = TTFont(BytesIO(source), recalcTimestamp=False)
    options = Options(layout_features=KEPT_FEATURES, hinting=False, notdef_outline=True, name_IDs=[1, 2, 13, 14])
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=LATIN + RUSSIAN + SIGNS)
    subsetter.subset(font)
    font.flavor = "woff2"
    return _bytes(font)


def _centre(font: TTFont, name: str, width: int) -> None:
    advance, bearing = font["hmtx"][name]
    shift = (width - advance) // 2
    glyph = font["glyf"][name]
    glyph.coordinates.translate((shift, 0))
    glyph.recalcBounds(font["glyf"])
    font["hmtx"][name] = (width, bearing + shift)


def _forget_kerning(font: TTFont, digits: set[str]) -> None:
    for lookup in font["GPOS"].table.LookupList.Lookup:
        for table in lookup.SubTable:
            if table.LookupType == 2 and table.Format == 1:
                for first, pairs in zip(table.Coverage.glyphs, table.PairSet, strict=True):
                    pairs.PairValueRecord = [
                        pair for pair in pairs.PairValueRecord if not digits & {first, pair.SecondGlyph}
                    ]
                    pairs.PairValueCount = len(pairs.PairValueRecord)


def _bytes(font: TTFont) -> bytes:
    target = BytesIO()
    font.save(target)
    return target.getvalue()
