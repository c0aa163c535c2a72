"""«Пользователи»: who signs in, what they may, and the keys that 1C comes with."""

from typing import Any

from litestar import Controller, Response, get, post
from litestar.params import FromPath, FromQuery

from data import clock
from data.access import keys, people, people_list
from data.access.people_list import SHOWN
from data.database import reading, writing
from data.errors import Refusal
from web.answers import AnyRequest, Page, page, redirect
from web.forms import Form, read_form
from web.people import needs

SERVICE = "service"  # the choice «Служебный пользователь» among the roles
SAID = {
    "invite": "Приглашение отправлено, прежние ссылки больше не работают",
    "activate": "Доступ открыт",
    "deactivate": "Доступ закрыт, сеансы завершены",
    "reset": "Прежний пароль больше не работает, письмо со ссылкой отправлено",
    "saved": "Сохранено",
    "revoked": "Ключ отозван",
    "deleted": "Пользователь удалён",
}


class AdminUsersController(Controller):
    path = "/admin/users"
    guards = [needs("people.all")]  # noqa: RUF012 - Litestar's own spelling

    @get("/", name="admin_users:list")
    async def list(self, after: FromQuery[str] = "", shown: FromQuery[str] = "all", said: FromQuery[str] = "") -> Page:
        shown = shown if shown in SHOWN else "all"
        async with reading():
            found = await people_list.page(after, shown)
        further = found[-1].key if len(found) == people_list.PAGE else ""
        return page(
            "admin/users",
            people=found,
            shown=shown,
            tabs=SHOWN,
            said=SAID.get(said, ""),
            after=further,
            back="/admin",
        )

    @get("/new", name="admin_users:new")
    async def new(self) -> Page:
        return await _new(Form({}))

    @post("/new", name="admin_users:create", status_code=200)
    async def create(self, request: AnyRequest) -> Page | Response[Any]:
        form = await read_form(request)
        try:
            key = await _created(form)
        except Refusal as refusal:
            return await _new(form, status=422, errors={refusal.field or "name": refusal.text})
        return redirect(request, f"/admin/users/{key}?said=saved")

    @get("/{key:str}", name="admin_users:card")
    async def card(self, key: FromPath[str], said: FromQuery[str] = "") -> Page:
        return await card_page(key, said=SAID.get(said, ""))


async def card_page(key: str, *, said: str = "", link: str = "", new_key: keys.NewKey | None = None) -> Page:
    """The card of one user; ``link`` and ``new_key`` are shown this once."""
    async with reading():
        person = await people_list.card(key)
        roles = await people_list.roles()
        own_keys = await keys.keys_of(person.user)
    answer = page(
        "admin/user",
        person=person,
        roles=roles,
        keys=own_keys,
        said=said,
        link=link,
        new_key=new_key,
        back="/admin/users",
    )
    if link or new_key:
        answer.headers["Cache-Control"] = "no-store"
    return answer


async def _new(form: Form, *, status: int = 200, errors: dict[str, str] | None = None) -> Page:
    async with reading():
        roles = [(SERVICE, "Служебный пользователь для обмена с 1С"), *await people_list.roles()]
    typed = {name: form.get(name) for name in ("name", "login", "email", "role")}
    return page("admin/user_new", status=status, roles=roles, typed=typed, errors=errors or {}, back="/admin/users")


async def _created(form: Form) -> str:
    """Make the user; what names the card. Raises Refusal."""
    name = form.text("name", limit=200, label="Имя")
    login, role = form.text("login", limit=100, label="Логин"), form.get("role")
    if not name:
        raise Refusal("Укажите имя", "name")
    async with writing():
        if role == SERVICE:
            return await people.create_service_user(name, clock.now(), login=login)
        if role not in dict(await people_list.roles()):
            raise Refusal("Выберите роль", "role")
        email = form.text("email", limit=254, label="Электронная почта")
        return await people.create_person(name, email, role, clock.now(), login=login)
