"""What an administrator does on a user's card: each deed is an address of its own, the card follows."""

from typing import Any

from litestar import Controller, Response, get, post
from litestar.params import FromPath

from data import clock
from data.access import people, people_list, service_users
from data.database import reading, writing
from web.answers import AnyRequest, Page, page, redirect
from web.forms import read_form
from web.people import needs
from web.routes.admin_users import card_page


class AdminUserDeedsController(Controller):
    path = "/admin/users/{key:str}"
    guards = [needs("people.all")]  # noqa: RUF012 - Litestar's own spelling

    @post("/invitation", name="admin_users:invite", status_code=200)
    async def invite(self, request: AnyRequest, key: FromPath[str]) -> Response[Any]:
        """«Отправить приглашение повторно»."""
        async with writing():
            await people.invite_again(key, clock.now())
        return _back(request, key, "invite")

    @post("/invitation-link", name="admin_users:link", status_code=200)
    async def link(self, request: AnyRequest, key: FromPath[str]) -> Page:
        """The link to hand over when mail does not work: shown once, only its hash is kept."""
        async with writing():
            path = await people.invitation_path(key, clock.now())
        return await card_page(key, link=request.app.state.settings.address + path)

    @post("/activation", name="admin_users:activate", status_code=200)
    async def activate(self, request: AnyRequest, key: FromPath[str]) -> Response[Any]:
        async with writing():
            await people.activate(key, clock.now())
        return _back(request, key, "activate")

    @post("/deactivation", name="admin_users:deactivate", status_code=200)
    async def deactivate(self, request: AnyRequest, key: FromPath[str]) -> Response[Any]:
        async with writing():
            await people.deactivate(key, clock.now())
        return _back(request, key, "deactivate")

    @post("/password-reset", name="admin_users:reset", status_code=200)
    async def reset(self, request: AnyRequest, key: FromPath[str]) -> Response[Any]:
        """«Сбросить пароль»."""
        async with writing():
            await people.reset_password(key, clock.now())
        return _back(request, key, "reset")

    @post("/role", name="admin_users:role", status_code=200)
    async def role(self, request: AnyRequest, key: FromPath[str]) -> Response[Any]:
        wanted = (await read_form(request)).get("role")
        async with writing():
            await people.change_role(key, wanted, clock.now())
        return _back(request, key, "saved")

    @post("/rights", name="admin_users:rights", status_code=200)
    async def rights(self, request: AnyRequest, key: FromPath[str]) -> Response[Any]:
        """«Разрешить использовать HTTP сервисы» and «Права администратора» of a service user."""
        form = await read_form(request)
        async with writing():
            user = (await people_list.card(key)).user
            await service_users.allow_http(user, is_allowed=form.flag("may_http"))
            await service_users.make_admin(user, is_admin=form.flag("is_admin"))
        return _back(request, key, "saved")

    @get("/deletion", name="admin_users:sure")
    async def sure(self, key: FromPath[str]) -> Page:
        async with reading():
            person = await people_list.card(key)
        return page(
            "admin/sure",
            title="Удалить пользователя",
            text=f"{person.name}: вход на портал закроется навсегда. В заказах имя останется.",
            button="Удалить",
            action=f"/admin/users/{key}/deletion",
            back_to=f"/admin/users/{key}",
        )

    @post("/deletion", name="admin_users:delete", status_code=200)
    async def delete(self, request: AnyRequest, key: FromPath[str]) -> Response[Any]:
        async with writing():
            person = await people_list.card(key)
            if person.is_service:
                await service_users.delete_service_user(person.user)
            else:
                await people.delete(key, clock.now())
        return redirect(request, "/admin/users?said=deleted")


def _back(request: AnyRequest, key: str, said: str) -> Response[Any]:
    return redirect(request, f"/admin/users/{key}?said={said}")
