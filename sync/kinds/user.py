"""User — пользователь портала: whom 1C opens the portal to, and what it does with the access afterwards."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from typing import Annotated, Any, Literal

from msgspec import UNSET, Meta, UnsetType

from data.access import people
from data.access.people import Published
from data.access.published import published
from data.access.role import is_known
from data.errors import Missing, Refusal
from sync.kinds.fields import Fields, OptionalId, OptionalLine, OptionalWord, given, read
from sync.kinds.kind import Taken, Wrong

OptionalEmail = Annotated[str, Meta(max_length=254)] | UnsetType | None


class UserFields(Fields):
    name: OptionalLine = UNSET
    email: OptionalEmail = UNSET
    phone: OptionalWord = UNSET
    login: OptionalWord = UNSET
    role: OptionalWord = UNSET
    partner: OptionalId = UNSET
    contact: OptionalId = UNSET
    manager: OptionalId = UNSET
    action: (
        Literal["publish", "invite_again", "activate", "deactivate", "reset_password", "delete"] | UnsetType | None
    ) = UNSET


ACTIONS: Mapping[str, Callable[[str, datetime], Awaitable[None]]] = {
    "invite_again": people.invite_again,
    "activate": people.activate,
    "deactivate": people.deactivate,
    "reset_password": people.reset_password,
    "delete": people.delete,
}


async def put(uuid: str, data: Mapping[str, Any], now: datetime) -> None:
    fields = read(data, UserFields)
    action = given(fields.action, "publish")
    try:
        if action == "publish":
            await _publish(uuid, fields, now)
        else:
            await ACTIONS[action](uuid, now)
    except Missing as missing:
        if action != "delete":  # deleted already is deleted
            raise Wrong("UNKNOWN_USER", "Пользователь не опубликован на портале") from missing
    except Refusal as refusal:
        raise Wrong("EMAIL_REQUIRED" if refusal.field == "email" else "REFUSED", refusal.text) from refusal


async def hide(uuid: str, now: datetime) -> None:
    await put(uuid, {"action": "delete"}, now)


async def _publish(uuid: str, fields: UserFields, now: datetime) -> None:
    known = await published(uuid) or Published(uuid, "", "", "")
    email = given(fields.email, "" if fields.email is None else known.email).strip()
    if not email:
        raise Wrong("EMAIL_REQUIRED", "Не указана электронная почта")
    role = given(fields.role, known.role)
    if not await is_known(role):
        raise Wrong("ROLE_UNKNOWN", f"Роль «{role}» порталу неизвестна")
    facts = Published(
        uuid,
        _now(fields.name, known.name),
        email,
        role,
        _now(fields.phone, known.phone),
        _now(fields.login, known.login),
        _now(fields.partner, known.partner),
        _now(fields.contact, known.contact),
        _now(fields.manager, known.manager),
    )
    await people.publish(facts, now)


def _now(came: Any, known: str) -> str:
    """Absent is unchanged, null is cleared."""
    return known if came is UNSET else str(came or "").strip()


KIND = Taken(put, hide)
