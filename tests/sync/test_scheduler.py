"""The clockwork: woken by the queue, by the clock and by a hand; it survives its own failures and sweeps the house."""

import asyncio
from datetime import timedelta
from uuid import uuid4

import pytest

from data import clock
from data.access import keys
from data.database import execute, fetch, reading, writing
from data.exchange import channel, inbox, integration, journal, journal_list, leases, queue
from data.exchange.inbox import Waiting
from data.exchange.journal import ItemNote, Note
from sync import control, scheduler
from tests.sync.conftest import NOW
from tests.sync.onec_stand_in import wait_until

DAY = timedelta(days=1)


async def until(check, within=10.0):
    await asyncio.to_thread(wait_until, check, within)


@pytest.mark.row("Q04")
async def test_a_queued_record_leaves_at_once(connected, onec, owe):
    async with scheduler.running():
        await owe(now=clock.now())
        await until(lambda: onec.documents, within=3)


async def test_what_another_process_has_queued_is_noticed_soon(connected, onec, owe):
    far = clock.now() + timedelta(hours=1)
    await owe(now=clock.now(), not_before=far)

    async with scheduler.running():
        async with writing():  # as another process would: no bell rings here
            await execute("UPDATE queue SET next_at = ?", clock.now())
        await until(lambda: onec.documents, within=5)


async def test_a_record_held_back_leaves_when_its_time_comes(connected, onec, owe):
    async with scheduler.running():
        due = clock.now() + timedelta(seconds=0.7)
        await owe(now=clock.now(), not_before=due)
        await until(lambda: onec.documents, within=3)

    assert due <= clock.now() < due + timedelta(seconds=1)


async def test_after_a_failure_the_queue_is_worked_again_by_itself(connected, onec, owe):
    onec.faults = ["http500", "lose_answer"]

    async with scheduler.running():
        await owe(now=clock.now())
        await until(lambda: len(onec.calls) == 3, within=15)

    assert len(onec.documents) == 1


@pytest.mark.row("C09")
async def test_the_timetable_of_the_settings_holds(connected, owe):
    async with writing():
        await integration.save(connected)
    assert (await scheduler.next_run(NOW)) == NOW + timedelta(minutes=1)

    await owe(not_before=NOW + timedelta(seconds=8))
    assert (await scheduler.next_run(NOW)) == NOW + timedelta(seconds=8)

    async with writing():
        await channel.failed("x", open_until=NOW + timedelta(seconds=30), urgent=False, now=NOW)
    assert (await scheduler.next_run(NOW)) == NOW + timedelta(seconds=30)


async def test_changed_settings_are_tried_at_once_whatever_failed_before(connected, onec, owe):
    async with writing():
        await channel.failed("x", open_until=clock.now() + DAY, urgent=True, now=clock.now())
    async with scheduler.running():
        await owe(now=clock.now())
        async with writing():
            await integration.save(connected)
        await until(lambda: onec.documents)


async def test_a_record_behind_a_failed_one_does_not_keep_the_clockwork_spinning(connected, onec, owe):
    parcel = await owe()
    await owe(parcel, op="confirm")
    async with writing():
        await execute("UPDATE queue SET state = ? WHERE op = 'create'", queue.FAILED)

    assert (await scheduler.next_run(NOW)) == NOW + timedelta(minutes=1)


@pytest.mark.row("Q07")
async def test_what_an_ended_program_left_half_sent_is_sent_at_the_start(connected, onec, owe):
    await owe(now=clock.now())
    async with writing():
        await leases.take("an earlier run", limit=100, length=DAY, now=clock.now())

    async with scheduler.running():
        await until(lambda: onec.documents)

    assert len(onec.documents) == 1


async def test_a_run_that_is_stopped_gives_its_records_back(connected, onec, owe):
    onec.faults = ["stall"]
    async with scheduler.running():
        await owe(now=clock.now())
        await until(lambda: onec.calls)

    async with reading():
        assert await fetch("SELECT state, attempts, lost FROM queue") == [(queue.WAITING, 0, 0)]


async def test_one_failing_run_does_not_end_the_clockwork(connected, onec, owe, caplog):
    async with scheduler.running():
        async with writing():
            await execute("ALTER TABLE queue RENAME TO gone")
        await until(lambda: "could not be worked" in caplog.text)
        async with writing():
            await execute("ALTER TABLE gone RENAME TO queue")
        await owe(now=clock.now())
        await until(lambda: onec.documents)


async def test_run_now_tells_what_was_done_and_does_not_wait_for_a_dead_1c(connected, onec, owe, monkeypatch):
    await owe(now=clock.now())
    assert (await control.run_now()).text == "Передано записей: 1"

    monkeypatch.setattr(control, "PATIENCE", 0.2)
    onec.faults = ["stall"]
    await owe(now=clock.now())
    assert await control.run_now() == control.STILL_RUNNING
    onec.release.set()
    await until(lambda: not control._running)
    await scheduler.close()


async def test_the_state_is_told_for_the_page(connected, owe):
    await owe()

    state = await control.state()

    assert state.counts == {"waiting": 1, "processing": 0, "failed": 0} and not state.is_alarm


async def test_what_has_outlived_its_use_is_swept(home):
    async with writing():
        await execute(
            "INSERT INTO users (uuid, name, login, email, phone, password, is_service, may_http, created_at)"
            " VALUES ('u', '', '', '', '', '', 1, 1, ?)",
            NOW,
        )
        key = await keys.create_key("u", NOW)
        for age in (31, 29):
            note = Note(True, "POST x", journal.OK, 200, 1, items=[ItemNote("q", "k", "o", f"{age}", 1, "ok")])
            await journal.write(note, NOW - age * DAY)
        orphan = Waiting(str(uuid4()), "price", str(uuid4()), 1, {"op": "upsert", "data": {}}, "e1")
        await inbox.defer(orphan, "parent", NOW - DAY - timedelta(minutes=1))
    await keys.sign_in_with_key(key.client_id, key.secret, NOW - timedelta(hours=2))

    await scheduler.sweep_once(NOW)

    async with reading():
        assert await fetch("SELECT 1 FROM tokens") == [] and await fetch("SELECT 1 FROM deferred") == []
        assert await journal_list.of_object("31") == [] and len(await journal_list.of_object("29")) == 1
        [dropped] = await journal_list.of_object(orphan.object)
        assert "parent" in dropped.error


async def test_the_journal_never_grows_beyond_its_limit(home, monkeypatch):
    monkeypatch.setattr(journal_list, "KEEP_CHARACTERS", 1000)
    async with writing():
        for _ in range(3):
            await journal.write(Note(True, "POST x", journal.OK, 200, 1, request="я" * 600), NOW)

    await scheduler.sweep_once(NOW)

    async with reading():
        assert len(await journal_list.page()) < 3
