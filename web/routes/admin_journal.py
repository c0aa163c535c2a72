"""«Журналы входящих и исходящих событий»: every exchange as it was, secrets masked."""

import json
from urllib.parse import urlencode

from litestar import Controller, get
from litestar.params import FromPath, FromQuery

from data.database import reading
from data.exchange import journal, journal_list
from web.answers import Page, page
from web.people import needs

TABS = {"in": "Входящие", "out": "Исходящие"}
OUTCOMES = {"": "Любой", **journal.LABELS}


class AdminJournalController(Controller):
    path = "/admin/journal"
    guards = [needs("exchange")]  # noqa: RUF012 - Litestar's own spelling

    @get("/", name="admin_journal:list")
    async def list(
        self,
        after: FromQuery[str] = "",
        direction: FromQuery[str] = "in",
        outcome: FromQuery[str] = "",
        kind: FromQuery[str] = "",
        text: FromQuery[str] = "",
        of: FromQuery[str] = "",
    ) -> Page:
        direction = direction if direction in TABS else "in"
        wanted = {"direction": direction, "outcome": outcome, "kind": kind.strip()[:30], "text": text.strip()[:200]}
        events = await _events(after, wanted, of)
        further = events[-1].uuid if len(events) == journal_list.PAGE else ""
        return page(
            "admin/journal",
            events=events,
            filter={**wanted, "of": of[:36]},
            tabs=TABS,
            outcomes=OUTCOMES,
            after=further,
            link=f"/admin/journal?{urlencode({'of': of[:36]} if of else wanted)}&after=",
            back="/admin",
        )

    @get("/{event:str}", name="admin_journal:event")
    async def event(self, event: FromPath[str]) -> Page:
        async with reading():
            found = await journal_list.event(event)
        sent, answered = pretty(found.request), pretty(found.answer)
        return page("admin/event", event=found, sent=sent, answered=answered, back="/admin/journal")


def pretty(text: str) -> str:
    """JSON with one field to a line; anything else, or a cut text, as it is."""
    try:
        return json.dumps(json.loads(text), ensure_ascii=False, indent=2)
    except (ValueError, RecursionError):
        return text


async def _events(after: str, wanted: dict[str, str], of: str) -> "list[journal_list.EventRow]":
    async with reading(apart=bool(wanted["text"])):
        if of:
            return await journal_list.of_object(of, after)
        return await journal_list.page(
            after,
            incoming=wanted["direction"] == "in",
            outcome=wanted["outcome"],
            kind=wanted["kind"],
            query=wanted["text"],
        )
