"""«Использовать проверку очереди на портале»: a 1C that cannot be called from outside fetches its records itself."""

from collections.abc import Callable
from typing import Any

import msgspec

from sync.demo_onec.clock import Clock
from sync.demo_onec.portal_client import PortalClient, TransportFailure
from sync.demo_onec.reception import Envelope, receive_item
from sync.demo_onec.store import Store

ROUNDS = 20
"""Two hundred records a round; what is left comes with the next run."""


async def pull(store: Store, portal: PortalClient, sign: Callable[[], dict[str, Any]], clock: Clock) -> int:
    """Take, apply and acknowledge until the portal's queue is empty; gives how many were taken."""
    taken = 0
    for _ in range(ROUNDS):
        offered = await portal.receipt("GET", "/api/exchange/out", params={"limit": "200"})
        items = offered.get("items") or []
        if not items:
            break
        sender = _sender(offered)
        results = [receive_item(store, sender, msgspec.Raw(msgspec.json.encode(item)), clock.now()) for item in items]
        with store.writing():
            signed = sign()
        answer = {**signed, "lease": offered.get("lease"), "results": results}
        await portal.receipt("POST", "/api/exchange/out/ack", json=answer)
        taken += len(items)
    return taken


def _sender(offered: dict[str, Any]) -> Envelope:
    try:
        return msgspec.convert(offered | {"items": []}, Envelope)
    except msgspec.ValidationError as refused:
        raise TransportFailure(f"Ответ портала не понят: {refused}") from None
