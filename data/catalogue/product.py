"""What 1C may change of a product (Номенклатура): its fields, its parts as whole lists, its place and its words."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from data.catalogue import groups, parts
from data.catalogue.parts import PackFacts, PictureFacts, VariantFacts
from data.catalogue.products import Product
from data.catalogue.words import article_key, fold, words_of
from data.database import execute, fetch_one
from data.mirror import Mirror

MIRROR = Mirror(Product, revives=False)
ROWS_OF_REGISTERS = ("prices", "personal_prices", "stock", "barcodes")
IN_WORDS = frozenset({"name", "full_name", "article", "code"})


@dataclass(frozen=True)
class ProductFacts:
    """What came of a product: values by column, and the parts that came, each a whole list. None: did not come."""

    fields: Mapping[str, object]
    variants: Sequence[VariantFacts] | None = None
    packs: Sequence[PackFacts] | None = None
    barcodes: Sequence[str] | None = None
    pictures: Sequence[PictureFacts] | None = None
    deleted: bool = False


async def put(uuid: str, facts: ProductFacts) -> None:
    """Make the product or change what is named; one that comes again is shown again. Inside writing()."""
    before = await fetch_one("SELECT name, full_name, article, code FROM products WHERE uuid = ?", uuid)
    values = await _with_derived(facts.fields)
    id_ = await MIRROR.put(uuid, values)
    await execute("UPDATE products SET visible = shown AND NOT ? WHERE id = ?", facts.deleted, id_)
    if facts.packs is not None:
        await parts.replace_packs(id_, facts.packs)
    if facts.variants is not None:
        await parts.replace_variants(id_, facts.variants)
    if facts.barcodes is not None:
        await parts.replace_barcodes(id_, "", facts.barcodes)
    if facts.pictures is not None:
        await parts.replace_pictures(id_, facts.pictures)
    if before is None or facts.variants is not None or IN_WORDS & facts.fields.keys():
        await _keep_words(id_)


async def hide(uuid: str) -> None:
    """The product is sold no more; orders keep naming it. Inside writing()."""
    await MIRROR.hide(uuid)


async def merge(uuid: str, into: str) -> None:
    """Lines of orders, prices, stock and barcodes move to the survivor where it has none of its own. Inside writing()."""
    ids = [await fetch_one("SELECT id FROM products WHERE uuid = ?", one) for one in (into, uuid)]
    if ids[0] and ids[1]:
        for table in ROWS_OF_REGISTERS:
            await execute(f"UPDATE OR IGNORE {table} SET product = ? WHERE product = ?", ids[0][0], ids[1][0])
    await _join_lines(uuid, into)
    await execute("UPDATE order_lines SET product = ? WHERE product = ?", into, uuid)
    await MIRROR.hide(uuid)


async def keep_only(uuids: Collection[str], group: str) -> None:
    """1C's complete list of goods, or of those in one group and below: the others are sold no more. Inside writing()."""
    limit = ' AND "group" IN (SELECT value FROM json_each(?))' if group else ""
    branch = [json.dumps(await groups.branch_of(group))] if group else []
    await execute(
        f"UPDATE products SET visible = 0 WHERE visible = 1 AND uuid NOT IN (SELECT value FROM json_each(?)){limit}",
        json.dumps(list(uuids)), *branch,
    )  # fmt: skip


async def _with_derived(fields: Mapping[str, object]) -> dict[str, object]:
    """The columns that order and find goods follow the fields they are made of."""
    values = dict(fields)
    if "name" in fields:
        values["sort_name"] = fold(str(fields["name"] or ""))
    if "article" in fields:
        values["article_key"] = article_key(str(fields["article"] or ""))
    if "group" in fields:
        values["path"] = await groups.path_of(str(fields["group"] or ""))
    return values


async def _keep_words(product: int) -> None:
    row = await fetch_one("SELECT name, full_name, article, code FROM products WHERE id = ?", product)
    assert row is not None
    variants = await parts.names_of_variants(product)
    texts = [*row, *(name for name, _ in variants), *(article for _, article in variants)]
    codes = [article_key(code) for code in (row[2], row[3], *(article for _, article in variants)) if code]
    words = " ".join(dict.fromkeys([*(word for text in texts for word in words_of(text)), *codes]))
    kept = await fetch_one("SELECT words FROM product_words WHERE rowid = ?", product)
    if kept is None:
        await execute("INSERT INTO product_words (rowid, words) VALUES (?, ?)", product, words)
    elif kept[0] != words:
        await execute("UPDATE product_words SET words = ? WHERE rowid = ?", words, product)


async def _join_lines(uuid: str, into: str) -> None:
    """A cart or a draft that has both gets one line."""
    same = (
        ' FROM order_lines gone JOIN order_lines kept ON kept."order" = gone."order" AND kept.variant = gone.variant'
        " JOIN orders o ON o.id = gone.\"order\" WHERE gone.product = ? AND kept.product = ? AND o.status IN ('cart', 'draft')"
    )
    await execute(
        "UPDATE order_lines SET quantity = quantity + added, packs = 0, pack = '', pack_name = ''"
        f" FROM (SELECT kept.id AS line, sum(gone.quantity) AS added{same} GROUP BY kept.id) WHERE id = line",
        uuid, into,
    )  # fmt: skip
    await execute(f"DELETE FROM order_lines WHERE id IN (SELECT gone.id{same})", uuid, into)
