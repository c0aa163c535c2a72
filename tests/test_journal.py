"""The journal of events is read a page at a time, to its end and no event twice."""

from datetime import timedelta
from uuid import uuid4

from data import clock
from data.database import reading, writing
from data.exchange import journal, journal_list
from data.exchange.journal import ItemNote, Note


async def test_the_history_of_an_object_pages_to_its_end(home):
    product, now = str(uuid4()), clock.now()
    item = ItemNote(str(uuid4()), "product", "upsert", product, 1, "ok")
    async with writing():
        for age in range(journal_list.PAGE + 1):
            note = Note(True, "POST /api/exchange/in", journal.OK, 200, 5, items=[item])
            await journal.write(note, now - timedelta(minutes=age))

    async with reading():
        first = await journal_list.of_object(product)
        rest = await journal_list.of_object(product, first[-1].uuid)

    assert len(first) == journal_list.PAGE and len(rest) == 1
    assert rest[0].uuid not in {event.uuid for event in first}
