"""Where a request comes from, as the rules of signing in want to know it."""

from data.access.sign_in import Place
from web.answers import AnyRequest
from web.asked import asked_of


def place_of(request: AnyRequest) -> Place:
    asked = asked_of(request)
    agent = request.headers.get("user-agent", "")[:200]
    return Place(address=asked.address, agent=agent, device=asked.device)
