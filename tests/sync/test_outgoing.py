"""What is owed to 1C arrives once, whatever the network and the other side do."""

from datetime import timedelta

import pytest

from data.database import fetch, reading, writing
from data.exchange import channel, integration, journal_list, queue, queue_list
from sync import outgoing
from tests.sync.conftest import NOW

MINUTE = timedelta(minutes=1)


async def the_queue():
    async with reading():
        return await queue_list.page()


async def the_channel():
    async with reading():
        return await channel.state()


@pytest.mark.row("Q04")
async def test_a_record_is_taken_and_disappears(connected, client, onec, owe):
    parcel = await owe()

    run = await outgoing.run(client, NOW)

    assert onec.documents == {parcel: [("create", {"text": "Ёлка"})]}
    assert await the_queue() == [] and run.taken == 1


async def test_nothing_is_called_when_nothing_is_owed(connected, client, onec):
    run = await outgoing.run(client, NOW)

    assert onec.calls == [] and run.text == outgoing.NOTHING


async def test_a_hundred_and_fifty_records_go_in_two_calls_over_one_line(connected, client, onec, owe):
    for _ in range(150):
        await owe()

    await outgoing.run(client, NOW)

    assert len(onec.documents) == 150 and len(onec.calls) == 2


async def test_records_of_one_object_go_one_after_another_in_their_order(connected, client, onec, owe):
    parcel = await owe()
    await owe(parcel, op="confirm")
    await owe(parcel, op="refuse")

    await outgoing.run(client, NOW)

    assert [op for op, _ in onec.documents[parcel]] == ["create", "confirm", "refuse"]
    assert len(onec.calls) == 3


async def test_a_record_held_back_leaves_only_when_its_time_has_come(connected, client, onec, owe):
    await owe(not_before=NOW + timedelta(seconds=8))

    await outgoing.run(client, NOW)
    assert onec.calls == []

    await outgoing.run(client, NOW + timedelta(seconds=8))
    assert len(onec.documents) == 1


@pytest.mark.row("Q05")
async def test_a_refused_record_is_tried_three_times_and_then_stands_as_an_error(connected, client, onec, owe):
    parcel = await owe()
    onec.refusals[parcel] = "Договор закрыт"

    for moment in (NOW, NOW + 2 * MINUTE, NOW + 15 * MINUTE, NOW + 60 * MINUTE):
        await outgoing.run(client, moment)

    [row] = await the_queue()
    assert (row.state, row.label, row.attempts, row.error) == (queue.FAILED, "Ошибка", 3, "Договор закрыт")
    assert len(onec.calls) == 3

    onec.refusals.clear()
    async with writing():
        await queue_list.repeat(row.uuid, NOW)
    await outgoing.run(client, NOW)
    assert len(onec.documents[parcel]) == 1


async def test_a_refused_record_waits_a_minute_before_the_second_try(connected, client, onec, owe):
    onec.refusals[await owe()] = "нет"

    await outgoing.run(client, NOW)
    await outgoing.run(client, NOW + timedelta(seconds=59))

    [row] = await the_queue()
    assert row.attempts == 1 and MINUTE <= row.next_at - NOW <= 1.2 * MINUTE


@pytest.mark.row("Q09")
async def test_one_bad_record_holds_back_only_later_records_of_its_object(connected, client, onec, owe):
    bad, good = await owe(), await owe()
    await owe(bad, op="confirm")
    onec.refusals[bad] = "нет"

    await outgoing.run(client, NOW)

    assert list(onec.documents) == [good]
    assert [row.op for row in await the_queue()] == ["create", "confirm"]


async def test_a_conflict_is_no_failure(connected, client, onec, owe):
    onec.conflicts[await owe()] = {"terms": 6}

    run = await outgoing.run(client, NOW)

    assert run.taken == 1 and await the_queue() == []


async def test_a_record_without_a_result_is_repeated(connected, client, onec, owe):
    silent, other = await owe(), await owe()
    onec.unanswered.add(silent)

    await outgoing.run(client, NOW)
    [row] = await the_queue()
    assert (row.object, row.attempts) == (silent, 0) and list(onec.documents) == [other]

    onec.unanswered.clear()
    await outgoing.run(client, NOW + 2 * MINUTE)
    assert await the_queue() == []


async def test_a_body_never_changes_after_the_first_sending(connected, client, onec, owe):
    parcel = await owe()
    onec.faults = ["lose_answer"]
    await outgoing.run(client, NOW)
    async with writing():
        await queue.enqueue("parcel", "change", parcel, title="", data={"text": "иначе"}, now=NOW)

    await outgoing.run(client, NOW, by_hand=True)

    assert [op for op, _ in onec.documents[parcel]] == ["create", "change"]


async def test_a_record_that_may_have_reached_1c_is_not_withdrawn(connected, client, onec, owe):
    await owe()
    [row] = await the_queue()
    onec.faults = ["lose_answer"]
    await outgoing.run(client, NOW)

    async with writing():
        assert not await queue.withdraw(row.uuid)


async def test_only_the_newest_state_of_an_object_waits(connected, owe):
    parcel = await owe(op="upsert")
    await owe(parcel, op="upsert")

    assert len(await the_queue()) == 1


@pytest.mark.row("Q06")
async def test_the_journal_keeps_request_answer_and_error_without_secrets(connected, client, onec, owe):
    parcel = await owe()
    onec.faults = ["http500"]
    await outgoing.run(client, NOW)
    await outgoing.run(client, NOW, by_hand=True)

    async with reading():
        taken, failed = await journal_list.of_object(parcel)
        page = await journal_list.event(taken.uuid)

    assert (taken.outcome, failed.outcome, failed.status) == ("ok", "failed", 500)
    assert "Ёлка" in page.request and parcel in page.answer and "пароль" not in page.request
    assert [note.status for note in page.items] == ["ok"]


async def test_without_settings_nothing_is_sent_and_the_reason_is_told(home, client, owe):
    await owe()

    assert (await outgoing.run(client, NOW)).text == outgoing.NOT_SET


async def test_the_password_is_sealed_in_the_table(connected):
    async with reading():
        assert "пароль" not in (await fetch("SELECT value FROM settings WHERE name = 'Integration'"))[0][0]
        assert (await integration.current()).password == "пароль"
