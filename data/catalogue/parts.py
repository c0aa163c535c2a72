"""The parts of a product: variants, packs, barcodes, pictures. Each comes from 1C as a whole list and replaces the old."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from data.database import execute, execute_many, fetch


@dataclass(frozen=True)
class VariantFacts:
    """Характеристика. ``barcodes`` None: they did not come."""

    uuid: str
    name: str
    article: str = ""
    barcodes: Sequence[str] | None = None


@dataclass(frozen=True)
class PackFacts:
    """Упаковка: ``factor`` thousandths of a base unit in one."""

    uuid: str
    name: str
    factor: int


@dataclass(frozen=True)
class PictureFacts:
    sha256: str
    main: bool


async def replace_variants(product: int, variants: Sequence[VariantFacts]) -> None:
    """Those not listed are sold no more; lines of orders still name them. Inside writing()."""
    await _hide_others("variants", product, (one.uuid for one in variants))
    await execute_many(
        "INSERT INTO variants (uuid, product, name, article, visible) VALUES (?, ?, ?, ?, 1) ON CONFLICT (uuid) DO UPDATE"
        " SET product = excluded.product, name = excluded.name, article = excluded.article, visible = 1",
        [(one.uuid, product, one.name, one.article) for one in variants],
    )
    for one in variants:
        if one.barcodes is not None:
            await replace_barcodes(product, one.uuid, one.barcodes)


async def replace_packs(product: int, packs: Sequence[PackFacts]) -> None:
    """Those not listed are not offered any more. Inside writing()."""
    await _hide_others("packs", product, (one.uuid for one in packs))
    await execute_many(
        "INSERT INTO packs (uuid, product, name, factor, visible) VALUES (?, ?, ?, ?, 1) ON CONFLICT (uuid) DO UPDATE"
        " SET product = excluded.product, name = excluded.name, factor = excluded.factor, visible = 1",
        [(one.uuid, product, one.name, one.factor) for one in packs],
    )


async def replace_barcodes(product: int, variant: str, codes: Sequence[str]) -> None:
    """Barcodes of the product itself (``variant`` empty) or of one variant. Inside writing()."""
    kept = {
        row[0] for row in await fetch("SELECT code FROM barcodes WHERE product = ? AND variant = ?", product, variant)
    }
    wanted = dict.fromkeys("".join(code.split()) for code in codes)
    if kept == wanted.keys():
        return
    await execute("DELETE FROM barcodes WHERE product = ? AND variant = ?", product, variant)
    await execute_many(
        "INSERT INTO barcodes (code, product, variant) VALUES (?, ?, ?)",
        [(code, product, variant) for code in wanted if code],
    )


async def replace_pictures(product: int, pictures: Sequence[PictureFacts]) -> None:
    """The first one marked main, else the first, stands in lists; a picture prepared before is not prepared again."""
    wanted = list({one.sha256: one for one in pictures}.values())
    main = next((one for one in wanted if one.main), wanted[0] if wanted else None)
    rows = await fetch("SELECT sha256, main, kept, problem FROM pictures WHERE product = ? ORDER BY id", product)
    if [(sha256, bool(is_main)) for sha256, is_main, _, _ in rows] == [(one.sha256, one is main) for one in wanted]:
        return
    prepared = {sha256: (kept, problem) for sha256, _, kept, problem in rows}
    await execute("DELETE FROM pictures WHERE product = ?", product)
    for one in wanted:
        kept, problem = prepared.get(one.sha256, ("", ""))
        await execute(
            "INSERT INTO pictures (product, sha256, kept, main, problem) VALUES (?, ?, ?, ?, ?)",
            product, one.sha256, kept, one is main, problem,
        )  # fmt: skip
    await show_main_picture([product])


async def show_main_picture(products: Iterable[int]) -> None:
    """Lists show the main picture as we keep it; while it is not there, the first that is. Inside writing()."""
    await execute_many(
        "UPDATE products SET image = coalesce((SELECT kept FROM pictures WHERE product = products.id AND kept <> ''"
        " ORDER BY main DESC, id LIMIT 1), '') WHERE id = ?",
        [(product,) for product in products],
    )


async def names_of_variants(product: int) -> list[tuple[str, str]]:
    """(name, article) of what is sold. Inside reading() or writing()."""
    rows = await fetch("SELECT name, article FROM variants WHERE product = ? AND visible = 1 ORDER BY id", product)
    return [(name, article) for name, article in rows]


async def names_of_packs(uuids: Iterable[str]) -> dict[str, str]:
    """Names by UUID of those that are known. Inside reading() or writing()."""
    rows = await fetch(
        "SELECT uuid, name FROM packs WHERE uuid IN (SELECT value FROM json_each(?))", json.dumps(list(uuids))
    )
    return dict(rows)


async def _hide_others(table: str, product: int, uuids: Iterable[str]) -> None:
    await execute(
        f"UPDATE {table} SET visible = 0 WHERE product = ? AND uuid NOT IN (SELECT value FROM json_each(?))",
        product, json.dumps(list(uuids)),
    )  # fmt: skip
