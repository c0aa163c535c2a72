"""Product — Номенклатура, with its variants, packs, barcodes and pictures."""

import json
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Annotated, Any

import msgspec
from msgspec import UNSET, Meta, UnsetType

from data.catalogue import product
from data.catalogue.parts import PackFacts, PictureFacts, VariantFacts
from data.catalogue.product import ProductFacts
from data.rich_text import cleaned
from sync.kinds.directory import columns
from sync.kinds.fields import (
    Fields,
    Id,
    Line,
    LongLine,
    OptionalId,
    OptionalLongLine,
    OptionalWord,
    OptionalYes,
    Prose,
    Sha256,
    Thousandths,
    Word,
    bad,
    changes,
    given,
    read,
)
from sync.kinds.kind import Taken, Waits


class Unit(msgspec.Struct):
    unit: OptionalWord = msgspec.field(name="name", default=UNSET)
    okei: OptionalWord = UNSET
    unit_uuid: OptionalId = msgspec.field(name="id", default=UNSET)


class Pack(msgspec.Struct):
    id: Id
    name: Line
    factor: Thousandths


class Variant(msgspec.Struct):
    id: Id
    name: Line
    article: OptionalLongLine = UNSET
    barcodes: Annotated[list[Word], Meta(max_length=100)] | UnsetType | None = UNSET


class Image(msgspec.Struct):
    sha256: Sha256
    main: bool | None = False


class Property(msgspec.Struct):
    name: Line
    value: LongLine | None = ""


class ProductFields(Fields):
    code: OptionalWord = UNSET
    article: OptionalWord = UNSET
    name: OptionalLongLine = UNSET
    full_name: OptionalLongLine = UNSET
    group: OptionalId = UNSET
    unit: Unit | UnsetType | None = UNSET
    packs: Annotated[list[Pack], Meta(max_length=100)] | UnsetType | None = UNSET
    variants: Annotated[list[Variant], Meta(max_length=2000)] | UnsetType | None = UNSET
    multiple: Thousandths | UnsetType | None = UNSET
    min_quantity: Thousandths | UnsetType | None = UNSET
    vat: OptionalWord = UNSET
    barcodes: Annotated[list[Word], Meta(max_length=100)] | UnsetType | None = UNSET
    description: Prose | UnsetType | None = UNSET
    images: Annotated[list[Image], Meta(max_length=50)] | UnsetType | None = UNSET
    properties: Annotated[list[Property], Meta(max_length=300)] | UnsetType | None = UNSET
    visible: OptionalYes = UNSET


PARTS = ("packs", "variants", "barcodes", "images")
NO_UNIT = Unit(None, None, None)


async def put(uuid: str, data: Mapping[str, Any], now: datetime) -> None:
    await product.put(uuid, facts_of(read(data, ProductFields)))


async def hide(uuid: str, now: datetime) -> None:
    await product.hide(uuid)


async def merge(uuid: str, into: str, now: datetime) -> None:
    if not await product.MIRROR.is_known(into):
        raise Waits(into)
    await product.merge(uuid, into)


async def snapshot(scope: Mapping[str, str], uuids: Collection[str], now: datetime) -> None:
    await product.keep_only(uuids, columns(scope, {"group": "group"}).get("group", ""))


KIND = Taken(put, hide, merge, snapshot)


def facts_of(fields: ProductFields) -> ProductFacts:
    """Columns and parts. Raises Wrong (BAD_FIELD) for a pack of nothing."""
    values = {name: value for name, value in changes(fields).items() if name not in PARTS}
    return ProductFacts(
        _columns(values),
        variants=_listed(fields.variants, _variant),
        packs=_listed(fields.packs, _pack),
        barcodes=_listed(fields.barcodes, str),
        pictures=_listed(fields.images, lambda one: PictureFacts(one.sha256, bool(one.main))),
        deleted=fields.deleted is True,
    )


def _columns(values: dict[str, Any]) -> dict[str, Any]:
    unit = values.pop("unit", UNSET)
    if unit is not UNSET:
        came = msgspec.structs.asdict(unit or NO_UNIT)
        values |= {name: value for name, value in came.items() if value is not UNSET}
    if "visible" in values:
        values["shown"] = values.pop("visible")
    if values.get("description"):
        values["description"] = cleaned(values["description"])
    if values.get("properties") is not None:
        found = [{"name": one.name, "value": one.value or ""} for one in values["properties"]]
        values["properties"] = json.dumps(found, ensure_ascii=False)
    return values


def _listed(value: Any, make: Any) -> Sequence[Any] | None:
    """None when the list did not come; null is an empty list."""
    return None if value is UNSET else [make(one) for one in value or ()]


def _pack(one: Pack) -> PackFacts:
    if not one.factor:
        raise bad("packs", f"упаковка «{one.name}» с коэффициентом 0")
    return PackFacts(one.id, one.name, one.factor)


def _variant(one: Variant) -> VariantFacts:
    barcodes = None if one.barcodes is UNSET else one.barcodes or []
    return VariantFacts(one.id, one.name, given(one.article, ""), barcodes)
