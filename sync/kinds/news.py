"""News for the home page; its text is HTML that we clean."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from msgspec import UNSET, UnsetType

from data.news.news import NEWS
from data.rich_text import cleaned
from sync.kinds.directory import directory, with_shown
from sync.kinds.fields import Fields, Moment, OptionalLine, Prose, changes, read
from sync.kinds.kind import Taken


class NewsFields(Fields):
    title: OptionalLine = UNSET
    text: Prose | UnsetType | None = UNSET
    published_at: Moment | UnsetType | None = UNSET


async def put(uuid: str, data: Mapping[str, Any], now: datetime) -> None:
    fields = read(data, NewsFields)
    values = changes(fields)
    if values.get("text"):
        values["text"] = cleaned(values["text"])
    if values.get("published_at") is None and ("published_at" in values or not await NEWS.is_known(uuid)):
        values["published_at"] = now
    await NEWS.put(uuid, with_shown(values, fields, NEWS))


LISTED = directory(NewsFields, NEWS)
KIND = Taken(put, LISTED.hide, LISTED.merge, LISTED.snapshot)
