"""Search over goods: barcode and article first, then words of the name; the beginnings of words are enough."""

from data.catalogue.words import article_key, words_of
from data.database import fetch

RANKED = 300  # ranking every match of a short word costs milliseconds; nobody reads beyond
LONGEST = 100  # characters of a query that are looked at


async def find(query: str) -> list[int]:
    """Row ids of visible products for a query, best first, at most RANKED. Inside reading()."""
    query = query[:LONGEST]
    found = await _by_code(query)
    seen = set(found)
    return (found + [one for one in await _by_words(query) if one not in seen])[:RANKED]


async def _by_code(query: str) -> list[int]:
    key = article_key(query)
    if not key:
        return []
    rows = await fetch(
        "SELECT b.product FROM barcodes b JOIN products p ON p.id = b.product WHERE b.code = ? AND p.visible = 1"
        " UNION ALL SELECT * FROM (SELECT id FROM products WHERE article_key >= ? AND article_key < ? AND visible = 1"
        " ORDER BY article_key LIMIT 100)",
        "".join(query.split()), key, key + "\U0010ffff",
    )  # fmt: skip
    return list(dict.fromkeys(row[0] for row in rows))


async def _by_words(query: str) -> list[int]:
    words = words_of(query)[:8]
    if not words:
        return []
    match = " ".join(f'"{word}"*' for word in words)
    rows = await fetch(
        "SELECT p.id FROM (SELECT rowid, rank FROM product_words WHERE product_words MATCH ? LIMIT ?) f"
        " JOIN products p ON p.id = f.rowid WHERE p.visible = 1 ORDER BY f.rank, p.sort_name",
        match, RANKED,
    )  # fmt: skip
    return [row[0] for row in rows]
