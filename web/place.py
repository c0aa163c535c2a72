"""Where a request comes from, as the rules of signing in want to know it."""

from data.access.sign_in import Place
from web.answers import AnyRequest
from web.asked import asked_of
from web.cookies import cookies_of, value_of


def place_of(request: AnyRequest) -> Place:
    asked = asked_of(request)
    agent = request.headers.get("user-agent", "")[:200]
    device = value_of(asked.cookies, cookies_of(request).device.encode())
    return Place(address=asked.address, agent=agent, device=device)
