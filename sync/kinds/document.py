"""Document — счет, УПД, накладная and other papers of an order or of a counterparty; the file comes before or after."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Literal

import msgspec
from msgspec import UNSET, UnsetType

from data.documents.documents import MIRROR
from sync.kinds.directory import directory, with_shown
from sync.kinds.fields import Fields, Kopecks, Line, OptionalId, OptionalWord, Sha256, bad, changes, read
from sync.kinds.kind import Taken

SAFE = {"application/pdf", "image/png", "image/jpeg", "application/xml", "application/zip", "text/plain"}
ANY = "application/octet-stream"  # what a browser only saves: a paper must not act as a page of ours


class File(msgspec.Struct):
    sha256: Sha256
    name: Line | None = ""
    mime: Line | None = ANY


class DocumentFields(Fields):
    order: OptionalId = UNSET
    counterparty: OptionalId = UNSET
    kind: Literal["invoice", "upd", "waybill", "act", "certificate", "other"] | UnsetType = UNSET
    number: OptionalWord = UNSET
    date: OptionalWord = UNSET
    sum: Kopecks | UnsetType | None = UNSET
    file: File | UnsetType | None = UNSET


async def put(uuid: str, data: Mapping[str, Any], now: datetime) -> None:
    fields = read(data, DocumentFields)
    values = changes(fields)
    if "date" in values:
        values["date"] = _day(values["date"])
    file = values.pop("file", UNSET)
    if file is not UNSET:
        values |= _file(file)
    await MIRROR.put(uuid, {"came_at": now, **with_shown(values, fields, MIRROR)})


def _file(file: File | None) -> dict[str, str]:
    if file is None:
        return {"sha256": "", "file_name": "", "mime": ""}
    return {
        "sha256": file.sha256,
        "file_name": (file.name or "")[:200],
        "mime": file.mime if file.mime in SAFE else ANY,
    }


def _day(text: str | None) -> date | None:
    """1C's documents have a time too; the paper shows the day."""
    try:
        return date.fromisoformat(text[:10]) if text else None
    except ValueError as error:
        raise bad("date", "ожидалась дата как 2026-01-31") from error


LISTED = directory(DocumentFields, MIRROR, scopes={"order": "order", "counterparty": "counterparty"})
KIND = Taken(put, LISTED.hide, LISTED.merge, LISTED.snapshot)
