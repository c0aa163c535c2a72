"""Failures of the line to 1C and of the program itself cost no record an attempt, and nothing is sent twice."""

import asyncio
import json
from datetime import timedelta

import pytest

from data.database import reading, writing
from data.exchange import channel, leases, queue, queue_list
from sync import outgoing
from sync.lending import lend
from tests.sync.conftest import NOW
from tests.sync.onec_stand_in import wait_until

MINUTE = timedelta(minutes=1)


async def the_queue():
    async with reading():
        return await queue_list.page()


async def the_channel():
    async with reading():
        return await channel.state()


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        ("refuse_connection", "прервалась"),
        ("garbage", "не сервис обмена"),
        ("half", "прервалась"),
        ("html200", "не сервис обмена"),
        ("empty200", "не сервис обмена"),
        ("json200", "не сервис обмена"),
        ("http302", "перенаправляет"),
        ("http401", "логин и пароль"),
        ("http404", "расширений"),
        ("http500", "500"),
        ("lose_answer", "прервалась"),
    ],
)
async def test_a_failed_call_burns_no_attempt_and_the_next_one_delivers_once(
    connected, client, onec, owe, fault, words
):
    parcel = await owe()
    onec.faults = [fault]

    run = await outgoing.run(client, NOW)

    assert run.is_failed and words in run.text
    [row] = await the_queue()
    assert (row.state, row.attempts) == (queue.WAITING, 0) and words in row.error
    state = await the_channel()
    assert state.is_open(NOW) and state.failing_since - NOW < MINUTE

    await outgoing.run(client, state.open_until)
    assert len(onec.documents[parcel]) == 1
    assert await the_queue() == [] and (await the_channel()).failures == 0


async def test_a_request_that_a_proxy_sends_twice_makes_one_document(connected, client, onec, owe):
    parcel = await owe()
    onec.faults = ["twice"]

    await outgoing.run(client, NOW)

    assert len(onec.documents[parcel]) == 1


async def test_no_call_is_made_while_the_circuit_is_open_except_by_hand(connected, client, onec, owe):
    await owe()
    onec.faults = ["http500"]
    await outgoing.run(client, NOW)

    await outgoing.run(client, NOW)
    assert len(onec.calls) == 1

    await outgoing.run(client, NOW, by_hand=True)
    assert len(onec.documents) == 1


async def test_a_switched_off_1c_is_named_and_the_pause_grows(connected, client, onec, owe):
    await owe()
    onec.close()
    now, pauses = NOW, []

    for _ in range(4):
        await outgoing.run(client, now)
        state = await the_channel()
        pauses.append(state.open_until - now)
        now = state.open_until

    assert "не принимает соединения" in state.error and state.failures == 4
    assert pauses[3] > 2 * pauses[0]


async def test_retry_after_is_honoured_and_survives_a_restart(connected, client, onec, owe):
    await owe()
    onec.faults, onec.headers = ["http429"], {"Retry-After": "600"}

    await outgoing.run(client, NOW)

    assert (await the_channel()).open_until >= NOW + 10 * MINUTE


async def test_the_alarm_comes_after_ten_minutes_and_at_once_for_a_wrong_password(connected, client, onec, owe):
    await owe()
    onec.faults = ["http500"]
    await outgoing.run(client, NOW)
    state = await the_channel()
    assert not state.is_alarm(NOW + 9 * MINUTE) and state.is_alarm(NOW + 11 * MINUTE)

    onec.faults = ["http401"]
    await outgoing.run(client, NOW + MINUTE)
    assert (await the_channel()).is_alarm(NOW + 2 * MINUTE)


async def test_a_stalled_1c_is_given_up_and_other_work_goes_on_meanwhile(connected, client, onec, owe, monkeypatch):
    monkeypatch.setattr("sync.exchange_portal.failures.WITHIN", 0.3)
    await owe()
    onec.faults = ["stall"]

    sending = asyncio.create_task(outgoing.run(client, NOW))
    await asyncio.to_thread(wait_until, lambda: onec.calls)
    [row] = await the_queue()
    await owe()

    assert row.state == queue.PROCESSING
    assert "не ответила" in (await sending).text
    assert [row.attempts for row in await the_queue()] == [0, 0]


async def test_an_answer_of_another_base_stops_the_exchange(connected, client, onec, owe):
    await owe()
    await outgoing.run(client, NOW)
    onec.base = "00000000-0000-4000-8000-000000000000"
    await owe()

    run = await outgoing.run(client, NOW)

    assert run.text == outgoing.OTHER_BASE and len(await the_queue()) == 1


@pytest.mark.row("Q07")
async def test_what_an_ended_program_held_waits_again_and_goes_alone(connected, client, onec, owe):
    await owe(), await owe()
    async with writing():
        await leases.take("an earlier run", limit=100, length=MINUTE, now=NOW)
    assert [row.label for row in await the_queue()] == ["Обрабатываются"] * 2

    async with writing():
        await leases.return_lost(outgoing.HOLDER, attempts=3)
    await outgoing.run(client, NOW)

    assert len(onec.documents) == 2 and [len(json.loads(body)["items"]) for _, _, body in onec.calls] == [1, 1]


async def test_a_record_that_ends_the_program_three_times_is_set_aside(connected, client, onec, owe):
    await owe()
    for start in range(3):
        async with writing():
            await leases.take(f"run {start}", limit=100, length=MINUTE, now=NOW)
        async with writing():
            await leases.return_lost(f"run {start + 1}", attempts=3)

    [row] = await the_queue()
    assert row.state == queue.FAILED and row.error == leases.CRASHED


async def test_a_program_killed_while_it_waits_for_1c_is_not_held_against_the_record(connected, client, onec, owe):
    await owe()
    for start in range(4):
        await lend(f"run {start}", limit=100, length=MINUTE, attempts=3, now=NOW)
        async with writing():
            await leases.return_lost(f"run {start + 1}", attempts=3)

    [row] = await the_queue()
    assert (row.state, row.attempts) == (queue.WAITING, 0)
    await outgoing.run(client, NOW)
    assert len(onec.documents) == 1


@pytest.mark.row("Q08")
async def test_two_senders_never_hold_the_same_record(connected, client, onec, owe):
    for _ in range(30):
        await owe()
    async with writing():
        await leases.take(leases.PULL, limit=10, length=10 * MINUTE, now=NOW)

    await asyncio.gather(outgoing.run(client, NOW), outgoing.run(client, NOW))

    assert len(onec.documents) == 20 and all(len(taken) == 1 for taken in onec.documents.values())
    assert [row.state for row in await the_queue()] == [queue.PROCESSING] * 10
