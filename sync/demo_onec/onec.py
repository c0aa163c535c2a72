"""This 1C as one thing: its store, its clock, its job, its faults, and how it signs what it sends."""

import asyncio
import logging
import uuid
from typing import Any

from litestar import Request

from sync.demo_onec import queue
from sync.demo_onec.clock import Clock
from sync.demo_onec.faults import Faults
from sync.demo_onec.first_filling import fill
from sync.demo_onec.job import Job
from sync.demo_onec.settings import Settings, remember
from sync.demo_onec.store import Store

log = logging.getLogger(__name__)


class Onec:
    """Everything a door needs; made once for one home folder."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.store = Store(settings.home)
        self.clock = Clock(settings.clock)
        self.faults = Faults()
        remember(self.store, settings)
        self._introduce()
        self.job = Job(self.store, self.clock, self.signature)

    async def open(self) -> None:
        """First filling when the base is new, then the queue as a kill may have left it."""
        await asyncio.to_thread(fill, self.store, max(self.settings.goods, 40), self.clock.now())
        queue.give_back_all(self.store)

    async def close(self) -> None:
        await self.job.close()
        self.store.close()

    def signature(self) -> dict[str, Any]:
        """Base, epoch and the growing number that stand on every request and answer. Inside writing()."""
        return {"base": self.store.recall("base"), "epoch": self.store.recall("epoch"), "seq": self.store.count("seq")}

    def _introduce(self) -> None:
        if self.store.recall("base") is None:
            with self.store.writing():
                self.store.remember("base", str(uuid.uuid4()))
                self.store.remember("epoch", "e1")


def onec_of(request: "Request[Any, Any, Any]") -> Onec:
    onec: Onec = request.app.state.onec
    return onec
