"""A batch of 1C's is applied item by item; every item gets its own answer, and one bad item blocks nobody."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from data.database import writing
from data.exchange import inbox, journal, node, versions
from data.exchange.inbox import Answer, Waiting
from data.exchange.journal import ItemNote, Note
from data.exchange.versions import Key, Taken
from sync.applying import Outcome, apply, error, fingerprint
from sync.batches import BadItem, Item, batch_in, canonical, is_counter

AT_ONCE = 100  # items in one transaction: a big batch must not keep people's writes waiting


async def apply_batch(found: dict[str, Any], now: datetime) -> dict[str, Any]:
    """The answer to POST /api/exchange/in, given its parsed JSON object.

    Raises BadBatch, TooManyItems, OtherBase; then nothing has changed.
    """
    batch = batch_in(found)
    async with writing():
        await node.remember(batch.stamp)
        stamp = await node.next_stamp()
    results: list[dict[str, Any]] = []
    for start in range(0, len(batch.items), AT_ONCE):
        async with writing():
            portion = Portion(batch.stamp.epoch, now)
            results += await portion.apply(batch.items[start : start + AT_ONCE])
    return stamp.as_json() | {"batch": batch.batch, "results": results}


def notes_of(found: dict[str, Any], results: Sequence[dict[str, Any]]) -> Iterator[ItemNote]:
    """The items of a batch with their answers, for the journal."""
    for raw, result in zip(found["items"], results, strict=True):
        sent = raw if isinstance(raw, dict) else {}
        yield ItemNote(
            queue_id=canonical(sent.get("queue_id")) or "",
            kind=str(sent.get("kind", "")),
            op=str(sent.get("op", "")),
            object=canonical(sent.get("id")) or "",
            version=sent["version"] if is_counter(sent.get("version")) else 0,
            status=result["status"],
            code=result.get("code", ""),
            message=result.get("message", ""),
        )


class Portion:
    """The items of one transaction, with what is known of them before and what becomes of them."""

    def __init__(self, epoch: str, now: datetime) -> None:
        self.epoch = epoch
        self.now = now
        self.answers: dict[str, Answer] = {}
        self.new_answers: dict[str, Answer] = {}
        self.versions: dict[Key, Taken] = {}
        self.new_versions: dict[Key, Taken] = {}
        self.arrived: set[str] = set()

    async def apply(self, items: Sequence[Item | BadItem]) -> list[dict[str, Any]]:
        good = [item for item in items if isinstance(item, Item)]
        if good:
            self.answers = await inbox.answers_to([item.queue_id for item in good])
            self.versions = await versions.taken({(item.kind, item.id) for item in good})
        results = [await self._result_of(item) for item in items]
        await self._apply_waiting()
        await versions.keep_taken(self.new_versions.items())
        await inbox.keep_answers(self.new_answers.items(), self.now)
        return results

    async def _result_of(self, item: Item | BadItem) -> dict[str, Any]:
        if isinstance(item, BadItem):
            return _echo(item.raw) | error("BAD_ITEM", item.problem).as_json()
        return _echo(item.raw) | await self._answer(item)

    async def _answer(self, item: Item) -> dict[str, Any]:
        try:
            sha256 = fingerprint(item.raw)
        except (ValueError, RecursionError, OverflowError):
            return error("BAD_ITEM", "Запись не удаётся прочитать").as_json()
        stored = self.answers.get(item.queue_id)
        if stored is not None and stored.sha256 != sha256:
            return error("KEY_REUSED", "Этот queue_id уже был у записи с другим содержимым").as_json()
        if stored is not None and stored.result["status"] not in {"error", "disabled"}:
            return stored.result
        try:
            outcome = await self._take(item)
        except RecursionError:  # nested so deep that it could be read but not kept: it stays alone with its trouble
            return error("BAD_ITEM", "Слишком глубокая вложенность").as_json()
        answer = Answer(sha256, outcome.as_json())
        self.answers[item.queue_id] = self.new_answers[item.queue_id] = answer
        return answer.result

    async def _take(self, item: Item) -> Outcome:
        key = (item.kind, item.id)
        if item.op != "snapshot" and (known := self._compared(key, item.version, self.epoch)):
            return Outcome(known)
        outcome = await apply(item, self.epoch, self.now)
        if outcome.parent:
            kept = {"op": item.op, "data": item.data}
            waiting = Waiting(item.queue_id, item.kind, item.id, item.version, kept, self.epoch)
            await inbox.defer(waiting, outcome.parent, self.now)
        elif outcome.status == "ok" and item.op != "snapshot":
            self._mark(key, self.epoch, item.version)
        return outcome

    def _compared(self, key: Key, version: int, epoch: str) -> str:
        """«stale», «duplicate», or nothing when the version is news."""
        known = self.versions.get(key)
        if known is None or (known[0] != epoch and epoch == self.epoch):
            return ""
        if known[0] != epoch or version < known[1]:
            return "stale"
        return "duplicate" if version == known[1] else ""

    def _mark(self, key: Key, epoch: str, version: int) -> None:
        self.versions[key] = self.new_versions[key] = (epoch, version)
        self.arrived.add(key[1])

    async def _apply_waiting(self) -> None:
        """Whatever waited for what has just come is applied now, and what waited for that."""
        failed: list[ItemNote] = []
        while self.arrived:
            arrived, self.arrived = self.arrived, set()
            found = await inbox.waiting_for(arrived)
            if found:
                self.versions |= await versions.taken({(waiting.kind, waiting.object) for waiting in found})
                self.versions |= self.new_versions
            for waiting in found:
                failed += await self._apply_one_waiting(waiting)
        if failed:
            await journal.write(
                Note(True, "отложенные записи", journal.REFUSED, 0, 0, error=failed[0].message, items=failed), self.now
            )

    async def _apply_one_waiting(self, waiting: Waiting) -> list[ItemNote]:
        key, op, data = (waiting.kind, waiting.object), waiting.item["op"], waiting.item["data"]
        outcome = Outcome(self._compared(key, waiting.version, waiting.epoch))
        if not outcome.status:
            item = Item(waiting.queue_id, waiting.kind, op, waiting.object, waiting.version, data, waiting.item)
            outcome = await apply(item, waiting.epoch, self.now)
        if outcome.parent:
            await inbox.defer(waiting, outcome.parent, self.now)
            return []
        await inbox.forget(waiting.queue_id)
        if outcome.status == "ok":
            self._mark(key, waiting.epoch, waiting.version)
        if outcome.is_final:
            return []
        return [ItemNote(waiting.queue_id, *key[:1], op, key[1], waiting.version, **outcome.as_json())]


def _echo(raw: Any) -> dict[str, Any]:
    sent = raw if isinstance(raw, dict) else {}
    echoed = {name: sent.get(name) for name in ("queue_id", "id", "version")}
    return {name: value if isinstance(value, str | int) else None for name, value in echoed.items()}
