"""Goods of the demo: every number of a good gives the same good, so a hundred thousand of them need no memory."""

import random
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from sync.demo_onec.assortment import SECTIONS, UNITS, Section
from sync.demo_onec.check_digits import ean13
from sync.demo_onec.ids import invented

Object = tuple[str, dict[str, Any]]

NO_VARIANT_EVERY = 3
"""In the sections that come in colours or sizes, every third good comes in one only."""

SUGAR = "Сахар белый свекловичный (категория ТС2) 50 кг"
SUGAR_BAG = "Сахар белый свекловичный (категория ТС2) биг-бег"


def groups() -> Iterator[Object]:
    """Two levels: the parents first."""
    for name in dict.fromkeys(section.group for section in SECTIONS):
        yield group_id(name), {"name": name, "parent": None}
    for section in SECTIONS:
        yield group_id(section.group, section.name), {"name": section.name, "parent": group_id(section.group)}


def group_id(*names: str) -> str:
    return invented("group", "/".join(names))


@lru_cache(maxsize=64)
def product_id(number: int) -> str:
    return invented("product", number)


def section_of(number: int) -> Section:
    return SECTIONS[number % len(SECTIONS)]


def products(count: int, pictures: list[str]) -> Iterator[Object]:
    """The first goods have pictures, as many as there are hashes."""
    for number in range(count):
        hashes = [pictures[number]] if number < len(pictures) else []
        yield product_id(number), product(number, hashes)


def product(number: int, hashes: list[str]) -> dict[str, Any]:
    section = section_of(number)
    unit_name, okei = UNITS[section.unit]
    name = name_of(number)
    article = f"{number % len(SECTIONS) + 10}-{number:06}"
    return {
        "code": f"НФ-{number + 1:08}",
        "article": article,
        "name": name,
        "full_name": f"{name}, арт. {article}",
        "group": group_id(section.group, section.name),
        "unit": {"id": invented("unit", section.unit), "name": section.unit, "full_name": unit_name, "okei": okei},
        "packs": packs(number),
        "variants": variants(number),
        "multiple": section.multiple,
        "min_quantity": section.multiple if number % 7 else _several(section.multiple),
        "vat": section.vat,
        "barcodes": [barcode(number)],
        "description": description(number, name),
        "images": [{"sha256": sha256, "main": place == 0} for place, sha256 in enumerate(hashes)],
        "properties": [{"name": "Марка", "value": brand_of(number)}, {"name": "Страна", "value": "Россия"}],
        "visible": True,
    }


def name_of(number: int) -> str:
    """Noun, brand, size; when all combinations of a section are used up, a series tells the goods apart."""
    if number < 2 * len(SECTIONS) and number % len(SECTIONS) == 0:
        return SUGAR_BAG if number else SUGAR
    section = section_of(number)
    rest = number // len(SECTIONS)
    rest, noun = divmod(rest, len(section.nouns))
    rest, brand = divmod(rest, len(section.brands))
    rest, size = divmod(rest, len(section.sizes))
    series = f", серия {rest + 1}" if rest else ""
    return f"{section.nouns[noun]} «{section.brands[brand]}» {section.sizes[size]}{series}"


def brand_of(number: int) -> str:
    section = section_of(number)
    return section.brands[number // len(SECTIONS) // len(section.nouns) % len(section.brands)]


def packs(number: int) -> list[dict[str, str]]:
    """Most goods are also ordered by the box; some by the pallet too."""
    size = section_of(number).pack
    if number % 5 == 4:
        return []
    found = [{"id": invented("pack", f"{number}/box"), "name": f"кор {size}", "factor": str(size)}]
    if number % 10 == 0:
        found.append({"id": invented("pack", f"{number}/pallet"), "name": f"пал {size * 40}", "factor": str(size * 40)})
    return found


def variants(number: int) -> list[dict[str, Any]]:
    """«Характеристики»: colours or sizes, each with its own article and barcode."""
    names = section_of(number).variants
    if not names or number // len(SECTIONS) % NO_VARIANT_EVERY == 2:
        return []
    return [
        {
            "id": invented("variant", f"{number}/{name}"),
            "name": name,
            "article": f"{number:06}-{place}",
            "barcodes": [barcode(number, place)],
        }
        for place, name in enumerate(names, start=1)
    ]


def barcode(number: int, variant: int = 0) -> str:
    """EAN-13 from the range kept for use inside a shop (prefix 2), so it meets no real good."""
    return ean13(f"2{variant:02}{number:09}")


def price(number: int) -> int:
    """The retail price in kopecks; the sugar costs what it costs on the sample card of the manual."""
    if number in (0, len(SECTIONS)):
        return 12000
    section = section_of(number)
    dice = random.Random(number * 7919 + 17)
    value = section.cheapest + int((section.dearest - section.cheapest) * dice.random() ** 2)
    return value // 10 * 10 if value > 1000 else value


def description(number: int, name: str) -> str:
    section = section_of(number)
    return (
        f"<p><strong>{name}</strong> из раздела «{section.name}».</p>"
        f"<ul><li>Единица продажи: {section.unit}</li><li>Кратность: {section.multiple}</li>"
        f"<li>В коробке: {section.pack}</li></ul>"
        + ("<p>Хранить в сухом месте при температуре до 25&nbsp;°C.</p>" if number % 2 else "")
    )


def _several(multiple: str) -> str:
    return "1.5" if multiple == "0.5" else str(int(multiple) * 3)
