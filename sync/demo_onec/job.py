"""«Выполнить обмен»: the job sends what waits, asks for what the portal keeps, by the clock, by hand, or when woken."""

import asyncio
import gzip
import logging
import random
import uuid
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from typing import Any

import msgspec

from sync.demo_onec import queue
from sync.demo_onec.clock import Clock
from sync.demo_onec.files import named_files
from sync.demo_onec.invoice import has_papers, print_waiting
from sync.demo_onec.portal_client import PortalClient, TransportFailure
from sync.demo_onec.pull import pull
from sync.demo_onec.queue import Record
from sync.demo_onec.store import Store

log = logging.getLogger(__name__)

ITEMS, BYTES = 500, 4 * 1024 * 1024
"""The protocol allows 500 items and 5 MiB a batch; the rest is room for the envelope."""

LONGEST_PAUSE = 300.0
"""A portal that is off for the night is asked every five minutes, not every five seconds."""


class Job:
    """One run at a time. Transport failures lengthen the pause, any sign of life from the portal ends it."""

    def __init__(self, store: Store, clock: Clock, sign: Callable[[], dict[str, Any]]) -> None:
        self._store = store
        self._clock = clock
        self._sign = sign
        self._portal = PortalClient(store)
        self._busy = asyncio.Lock()
        self._woken = asyncio.Event()
        self._failures = 0
        self.is_paused: Callable[[], bool] = lambda: False

    async def close(self) -> None:
        await self._portal.close()

    def wake(self) -> None:
        self._woken.set()

    @asynccontextmanager
    async def at_rest(self) -> AsyncIterator[None]:
        """No run is going on inside: a base is not exchanged under the hands of its own job."""
        async with self._busy:
            yield

    async def check(self) -> str:
        return await self._portal.check()

    def portal_is_alive(self) -> None:
        """The portal has just called: no reason to wait any longer, least of all with a paper asked for."""
        if self._failures or has_papers(self._store):
            self._failures = 0
            self.wake()

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        task = asyncio.create_task(self._forever(), name="demo 1C exchange")
        try:
            yield
        finally:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task

    async def run(self) -> dict[str, Any]:
        """One whole run: print, push until nothing is due, pull if switched on. What happened is remembered."""
        async with self._busy:
            report: dict[str, Any] = {"sent": 0, "refused": 0, "taken": 0, "error": None}
            try:
                await print_waiting(self._store)
                if not self._portal.is_configured:
                    report["error"] = "Адрес портала или ключи не указаны"
                else:
                    await self._push(report)
                    if self._store.recall("pull"):
                        report["taken"] = await pull(self._store, self._portal, self._sign, self._clock)
                    self._failures = 0
            except TransportFailure as failure:
                self._failures += 1
                report["error"] = str(failure)
            report["at"] = self._clock.now().isoformat()
            with self._store.writing():
                self._store.remember("last_exchange", report)
            return report

    async def _forever(self) -> None:
        while True:
            if not self.is_paused():
                try:
                    await self.run()
                except Exception:
                    log.exception("the exchange of the demo 1C failed")
            with suppress(TimeoutError):
                await asyncio.wait_for(self._woken.wait(), self._pause())
            self._woken.clear()

    def _pause(self) -> float:
        """1, 2, 4 seconds and so on while the portal cannot be reached, with jitter; else the period."""
        if not self._failures:
            return max(float(self._store.recall("period")), 0.2)
        return min(LONGEST_PAUSE, float(1 << min(self._failures - 1, 10))) * random.uniform(0.8, 1.0)

    async def _push(self, report: dict[str, Any]) -> None:
        while records := queue.take(self._store, self._clock.now().timestamp(), ITEMS, BYTES):
            try:
                await self._send_files(records)
                results = await self._send_batch(records)
            except BaseException:
                queue.give_back(self._store, records)
                raise
            if not self._settle(records, results, report):
                return

    async def _send_files(self, records: list[Record]) -> None:
        """Files go before the objects that name them, each once."""
        for record in records:
            if record.kind not in ("product", "document", "message"):
                continue
            for sha256 in named_files(queue.body_of(record)):
                row = self._store.row("SELECT mime, sent FROM file WHERE sha256 = ?", sha256)
                if row is None or row["sent"]:
                    continue
                content = await asyncio.to_thread((self._store.files / sha256).read_bytes)
                headers = {"Content-Type": row["mime"]}
                await self._portal.call("PUT", f"/api/exchange/files/{sha256}", content=content, headers=headers)
                with self._store.writing():
                    self._store.db.execute("UPDATE file SET sent = 1 WHERE sha256 = ?", (sha256,))

    async def _send_batch(self, records: list[Record]) -> dict[str, dict[str, Any]]:
        """Give the results by queue id. Raises TransportFailure when the answer is not a receipt for this batch."""
        batch = str(uuid.uuid4())
        with self._store.writing():
            head = {"node": "1c-main", **self._sign(), "batch": batch}
        body = msgspec.json.encode({**head, "items": [_item(record) for record in records]})
        headers = {"Content-Type": "application/json", "Content-Encoding": "gzip"}
        packed = await asyncio.to_thread(gzip.compress, body, 5)
        receipt = await self._portal.receipt("POST", "/api/exchange/in", content=packed, headers=headers)
        results = receipt.get("results")
        if receipt.get("batch") != batch or not isinstance(results, list):
            raise TransportFailure("Квитанция портала не от этой пачки")
        return {str(result.get("queue_id")): result for result in results if isinstance(result, dict)}

    def _settle(self, records: list[Record], results: dict[str, dict[str, Any]], report: dict[str, Any]) -> bool:
        """Apply a receipt record by record; False when it named nobody, so that a run cannot turn for ever."""
        unnamed = [record for record in records if record.queue_id not in results]
        with self._store.writing():
            for record in records:
                result = results.get(record.queue_id)
                if result is None:
                    continue
                if result.get("status") in ("ok", "duplicate", "stale", "disabled"):
                    queue.done(self._store, record)
                    report["sent"] += 1
                else:
                    error = f"{result.get('code', '')}: {result.get('message', '')}"
                    queue.refused(self._store, record, error, self._clock.now().timestamp())
                    report["refused"] += 1
        queue.give_back(self._store, unnamed)
        return len(unnamed) < len(records)


def _item(record: Record) -> dict[str, Any]:
    head = {"queue_id": record.queue_id, "kind": record.kind, "op": record.op}
    return {**head, "id": record.id, "version": record.version, "data": msgspec.Raw(record.data.encode())}
