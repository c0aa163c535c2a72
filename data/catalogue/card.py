"""The card of a product: everything the catalogue knows of it, whoever asks; prices are another room's matter."""

import json
from dataclasses import dataclass

from data.catalogue.parts import VariantFacts
from data.database import fetch, fetch_one
from data.errors import Missing

MOST_PICTURES = 12  # on one page; the rest nobody looks at on a phone


@dataclass(frozen=True)
class Property:
    name: str
    value: str


@dataclass(frozen=True)
class Pack:
    """``factor``: thousandths of a base unit in one pack."""

    name: str
    factor: int


@dataclass(frozen=True)
class ProductCard:
    """``description`` is HTML that was cleaned when it came; ``pictures`` are hashes of kept files, the main one first."""

    id: int
    uuid: str
    name: str
    full_name: str
    article: str
    code: str
    group: str
    unit: str
    multiple: int
    min_quantity: int
    vat: str
    description: str
    properties: tuple[Property, ...]
    pictures: tuple[str, ...]
    packs: tuple[Pack, ...]
    variants: tuple[VariantFacts, ...]


async def card_of(uuid: str) -> ProductCard:
    """Inside reading() or writing(). Raises Missing for a product that is not sold."""
    row = await fetch_one(
        'SELECT id, uuid, name, full_name, article, code, "group", unit, multiple, min_quantity, vat, description,'
        " properties FROM products WHERE uuid = ? AND visible = 1",
        uuid,
    )
    if row is None:
        raise Missing(f"product {uuid}")
    pictures = await fetch(
        "SELECT kept FROM pictures WHERE product = ? AND kept <> '' ORDER BY main DESC, id LIMIT ?",
        row[0],
        MOST_PICTURES,
    )
    packs = await fetch(
        "SELECT name, factor FROM packs WHERE product = ? AND visible = 1 AND factor > 0 ORDER BY factor", row[0]
    )
    variants = await fetch(
        "SELECT uuid, name, article FROM variants WHERE product = ? AND visible = 1 ORDER BY id", row[0]
    )
    facts = (
        *row[:12],
        tuple(Property(str(one.get("name", "")), str(one.get("value", ""))) for one in json.loads(row[12])),
        tuple(picture[0] for picture in pictures),
        tuple(Pack(*pack) for pack in packs),
        tuple(VariantFacts(*variant) for variant in variants),
    )
    return ProductCard(*facts)


async def is_picture(sha256: str) -> bool:
    """Whether this kept file is a picture of a product that is sold. Inside reading() or writing()."""
    found = await fetch_one(
        "SELECT 1 FROM pictures i JOIN products p ON p.id = i.product WHERE i.kept = ? AND p.visible = 1", sha256
    )
    return found is not None
