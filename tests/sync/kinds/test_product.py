"""Goods: fields, parts as whole lists, words to find them by."""

import json

import pytest

from data.catalogue.search import find
from data.database import reading
from tests.sync.kinds.conftest import row, rows, uid

BOLT = {
    "code": "НФ-00000001",
    "article": "БМ-8/40",
    "name": "Болт «Ёлка» М8",
    "full_name": "Болт оцинкованный М8",
    "group": None,
    "unit": {"id": uid("unit"), "name": "шт", "okei": "796"},
    "packs": [{"id": uid("box"), "name": "кор", "factor": "12"}],
    "variants": [
        {"id": uid("red"), "name": "красный", "article": "К-1", "barcodes": ["2000000000015"]},
        {"id": uid("blue"), "name": "синий"},
    ],
    "multiple": "2",
    "min_quantity": "4",
    "vat": "22",
    "barcodes": ["4600000000015"],
    "description": '<p style="color:red" hx-get="/x">Крепкий</p><script>alert(1)</script><a href="javascript:1">а</a>',
    "properties": [{"name": "Марка", "value": "Ёлка"}],
    "visible": True,
}


async def found(query):
    async with reading():
        ids = await find(query)
    return [(await row("SELECT uuid FROM products WHERE id = ?", one))[0] for one in ids]


async def kept(key="bolt"):
    names = [name for (name,) in await rows("SELECT name FROM pragma_table_info('products')")]
    return dict(zip(names, await row("SELECT * FROM products WHERE uuid = ?", uid(key)), strict=True))


async def test_a_product_comes_with_all_its_parts(onec):
    await onec.send("product", "bolt", BOLT)

    product = await kept()
    assert (product["unit"], product["okei"], product["multiple"], product["min_quantity"]) == ("шт", "796", 2000, 4000)
    assert (product["sort_name"], product["article_key"]) == ("болт «елка» м8", "бм840")
    assert json.loads(product["properties"]) == [{"name": "Марка", "value": "Ёлка"}]
    assert await rows("SELECT name, factor FROM packs") == [("кор", 12_000)]
    assert await rows("SELECT name, article FROM variants ORDER BY id") == [("красный", "К-1"), ("синий", "")]
    assert await rows("SELECT code, variant FROM barcodes ORDER BY code") == [
        ("2000000000015", uid("red")),
        ("4600000000015", ""),
    ]


async def test_a_description_keeps_harmless_tags_only(onec):
    await onec.send("product", "bolt", BOLT)

    assert (await kept())["description"] == '<p>Крепкий</p><a rel="noopener noreferrer nofollow">а</a>'


QUERIES = [
    "елка",
    "ЁЛКА",
    "болт оцин",
    "красн",
    "бм840",
    "БМ 8/40",
    "К-1",
    "4600000000015",
    "2000000000015",
    "НФ-00000001",
]


@pytest.mark.parametrize("query", QUERIES)
async def test_a_product_is_found_by_words_articles_and_barcodes(onec, query):
    await onec.send("product", "bolt", BOLT)
    await onec.send("product", "other", {"name": "Гайка"})

    assert await found(query) == [uid("bolt")]


async def test_words_follow_the_name(onec):
    await onec.send("product", "bolt", BOLT)

    await onec.send("product", "bolt", {"name": "Винт", "full_name": ""})

    assert await found("елка") == []
    assert await found("винт") == [uid("bolt")]


async def test_absent_parts_stay_and_null_parts_go(onec):
    await onec.send("product", "bolt", BOLT)

    await onec.send("product", "bolt", {"name": "Болт"})
    shown = "SELECT (SELECT count(*) FROM variants WHERE visible), (SELECT count(*) FROM packs WHERE visible)"
    stayed = await row(shown)
    await onec.send("product", "bolt", {"variants": None, "packs": [], "barcodes": None, "unit": None})

    assert stayed == (2, 1)
    assert await row(shown) == (0, 0)
    assert await rows("SELECT variant FROM barcodes") == [(uid("red"),)]
    assert (await kept())["unit"] == "шт"


async def test_a_list_of_variants_replaces_the_old_one_and_keeps_their_rows(onec):
    await onec.send("product", "bolt", BOLT)

    wanted = [{"id": uid("blue"), "name": "голубой"}, {"id": uid("grey"), "name": "серый"}]
    await onec.send("product", "bolt", {"variants": wanted})

    assert await rows("SELECT name, visible FROM variants ORDER BY id") == [
        ("красный", False), ("голубой", True), ("серый", True)
    ]  # fmt: skip


async def test_a_product_is_shown_by_1cs_wish_and_not_while_it_is_deleted(onec):
    seen = []
    for data, op in (
        ({"name": "Болт"}, "upsert"), ({"visible": False}, "upsert"), ({"name": "Болт 2"}, "upsert"),
        ({"visible": True}, "upsert"), (None, "delete"), ({"name": "Болт 3"}, "upsert"), ({"deleted": True}, "upsert"),
    ):  # fmt: skip
        await onec.send("product", "bolt", data, op=op)
        seen.append((await kept())["visible"])

    assert seen == [True, False, False, True, False, True, False]


async def test_groups_place_their_goods_whatever_comes_first(onec):
    await onec.send("product", "bolt", {"name": "Болт", "group": uid("metal")})
    await onec.send("product_group", "metal", {"name": "Метизы", "parent": uid("all")})
    await onec.send("product_group", "all", {"name": "Крепёж", "parent": None})

    path = (await kept())["path"]

    assert [part.split("\t")[0] for part in path.splitlines()] == ["крепеж", "метизы"]


async def test_goods_follow_a_group_that_is_renamed_or_moved(onec):
    await onec.send("product_group", "all", {"name": "Крепёж", "parent": None})
    await onec.send("product_group", "metal", {"name": "Метизы", "parent": uid("all")})
    await onec.send("product", "bolt", {"name": "Болт", "group": uid("metal")})

    await onec.send("product_group", "all", {"name": "Железо"})
    renamed = (await kept())["path"]
    await onec.send("product_group", "metal", {"parent": None})
    moved = (await kept())["path"]

    assert [part.split("\t")[0] for part in renamed.splitlines()] == ["железо", "метизы"]
    assert [part.split("\t")[0] for part in moved.splitlines()] == ["метизы"]


async def test_groups_in_a_ring_hang_nobody(onec):
    for _ in range(3):
        await onec.send("product_group", "a", {"name": "А", "parent": uid("b")})
        await onec.send("product_group", "b", {"name": "Б", "parent": uid("a")})

    assert len(await row("SELECT max(length(path)) FROM product_groups")) == 1
    assert (await row("SELECT max(length(path)) FROM product_groups"))[0] < 100


async def test_a_merged_group_hands_over_what_is_in_it(onec):
    await onec.send("product_group", "a", {"name": "А", "parent": None})
    await onec.send("product_group", "b", {"name": "Б", "parent": uid("a")})
    await onec.send("product", "bolt", {"name": "Болт", "group": uid("a")})

    await onec.send("product_group", "a", {"into": uid("b")}, op="merge")

    assert await row("SELECT path FROM product_groups WHERE uuid = ?", uid("b")) == ((await kept())["path"],)
    assert await row("SELECT visible FROM product_groups WHERE uuid = ?", uid("a")) == (False,)


async def test_a_survivor_takes_over_prices_stock_and_barcodes(onec):
    for key in ("bolt", "double"):
        await onec.send("product", key, {"name": key, "barcodes": [f"46{key}"]})
    await onec.send(
        "price", "p", {"product": uid("double"), "price_type": uid("t"), "price": "5", "valid_from": "2026-01-01"}
    )

    await onec.send("product", "double", {"into": uid("bolt")}, op="merge")

    survivor = (await row("SELECT id FROM products WHERE uuid = ?", uid("bolt")))[0]
    assert await rows("SELECT product, price FROM prices") == [(survivor, 500)]
    assert await rows("SELECT DISTINCT product FROM barcodes") == [(survivor,)]
    assert not (await kept("double"))["visible"]


async def test_a_complete_list_within_a_group_hides_the_rest_of_its_branch(onec):
    await onec.send("product_group", "all", {"name": "Все", "parent": None})
    await onec.send("product_group", "metal", {"name": "Метизы", "parent": uid("all")})
    for key, group in (("bolt", "metal"), ("nut", "metal"), ("paint", "other")):
        await onec.send("product", key, {"name": key, "group": uid(group)})

    await onec.send("product", "list", {"scope": {"group": uid("all")}, "ids": [uid("nut")]}, op="snapshot")

    assert [(await kept(key))["visible"] for key in ("bolt", "nut", "paint")] == [False, True, True]


WRONG = [
    ({"packs": [{"id": uid("box"), "name": "кор", "factor": "0"}]}, "packs"),
    ({"packs": [{"id": uid("box"), "name": "кор", "factor": "-1"}]}, "packs[0].factor"),
    ({"packs": [{"id": uid("box")}]}, "packs[0].name"),
    ({"variants": [{"id": "x", "name": "а"}]}, "variants[0].id"),
    ({"variants": {"id": 1}}, "variants"),
    ({"multiple": "1e999"}, "multiple"),
    ({"multiple": "NaN"}, "multiple"),
    ({"multiple": 1.5}, "multiple"),
    ({"images": [{"sha256": "../../etc/passwd"}]}, "images[0].sha256"),
    ({"barcodes": ["1" * 61]}, "barcodes[0]"),
    ({"barcodes": ["1"] * 101}, "barcodes"),
    ({"visible": "да"}, "visible"),
    ({"unit": "шт"}, "unit"),
    ({"properties": [{"value": "1"}]}, "properties[0].name"),
    ({"description": "а" * 200_001}, "description"),
]


@pytest.mark.parametrize(("data", "field"), WRONG)
async def test_a_wrong_field_is_named_and_nothing_changes(onec, data, field):
    code, message = await onec.refused("product", "bolt", {"name": "Болт", **data})

    assert (code, f"«{field}»" in message) == ("BAD_FIELD", True), message
    assert await row("SELECT count(*) FROM products") == (0,)
