"""Keys of a service user: Client ID and Client Secret, shown once and saved to a file once."""

from typing import Any

from litestar import Controller, Response, post
from litestar.params import FromPath

from data import clock
from data.access import keys, people_list
from data.database import reading, writing
from data.errors import Missing
from web.answers import AnyRequest, Page, redirect
from web.forms import read_form
from web.people import needs
from web.routes.admin_users import card_page

FILE = "Адрес приложения: {address}\r\nClient ID: {client_id}\r\nClient Secret: {secret}\r\n"
DOWNLOAD = {"Content-Disposition": 'attachment; filename="portal-keys.txt"', "Cache-Control": "no-store"}


class AdminKeysController(Controller):
    path = "/admin/users/{key:str}/keys"
    guards = [needs("people.all")]  # noqa: RUF012 - Litestar's own spelling

    @post("/", name="admin_keys:create", status_code=200)
    async def create(self, key: FromPath[str]) -> Page:
        """«Создать ключи»."""
        async with writing():
            person = await people_list.card(key)
            if not person.is_service:
                raise Missing(key)
            made = await keys.create_key(person.user, clock.now())
        return await card_page(key, new_key=made)

    @post("/file", name="admin_keys:file", status_code=200)
    async def file(self, request: AnyRequest, key: FromPath[str]) -> Response[bytes]:
        """«Сохранить в файл»: the pair as the page holds it, since only its hash is kept here."""
        form = await read_form(request)
        client_id, secret = form.get("client_id"), form.get("client_secret")[:200]
        async with reading():
            await _must_be_his(key, client_id)
        text = FILE.format(address=request.app.state.settings.address, client_id=client_id, secret=secret)
        return Response(text.encode("utf-8-sig"), media_type="text/plain; charset=utf-8", headers=DOWNLOAD)

    @post("/{client_id:str}/revocation", name="admin_keys:revoke", status_code=200)
    async def revoke(self, request: AnyRequest, key: FromPath[str], client_id: FromPath[str]) -> Response[Any]:
        async with writing():
            await _must_be_his(key, client_id)
            await keys.revoke_key(client_id, clock.now())
        return redirect(request, f"/admin/users/{key}?said=revoked")


async def _must_be_his(key: str, client_id: str) -> None:
    user = (await people_list.card(key)).user
    if client_id not in {row.client_id for row in await keys.keys_of(user)}:
        raise Missing(client_id)
