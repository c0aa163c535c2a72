"""What the portal's own pages are drawn from, caught in the act, so that the floor draws exactly the same."""

import asyncio
import pickle
import sys
from pathlib import Path

import httpx

from web import answers
from web.app import create_app
from web.config import Settings


def catch(kind, caught):
    """Note the template and the whole context of each answer of this kind."""
    original = kind.create_template_context

    def noting(self, request):
        context = original(self, request)
        caught[request.scope["path"]] = (
            self.template_name,
            {name: value for name, value in context.items() if name != "request"},
        )
        return context

    kind.create_template_context = noting


async def capture(home, login, password, asks):
    caught = {}
    catch(answers.Page, caught)
    catch(answers.Fragment, caught)
    app = create_app(Settings(home=Path(home)))
    async with (
        app.litestar.lifespan(),
        httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://b") as client,
    ):
        answer = await client.post(
            "/login", data={"login": login, "password": password}, headers={"origin": "http://b"}
        )
        assert answer.status_code == 303, answer.text
        for method, path, data in asks:
            headers = {"origin": "http://b", "hx-request": "true"} if data else {}
            answer = await client.request(method, path, data=data, headers=headers)
            assert answer.status_code == 200, (path, answer.status_code)
    return caught


if __name__ == "__main__":
    home, out, login, password, product, quantity = sys.argv[1:]
    wanted = {"product": product, "quantity": quantity, "variant": "", "pack": "", "from": "catalogue"}
    asks = [("GET", "/catalogue", None), ("POST", "/cart/lines", wanted)]
    Path(out).write_bytes(pickle.dumps(asyncio.run(capture(home, login, password, asks))))
