"""How 1C signs in: its pair of keys for a token, the token for everything else."""

import base64
import binascii
from typing import Any
from urllib.parse import parse_qs

from litestar import Request

from data import clock
from data.access import keys
from data.access.keys import HttpForbidden, Service, TooManyWrongKeys, WrongKey
from data.database import reading
from sync.exchange_portal import bodies
from sync.exchange_portal.problems import Problem

FORM_LIMIT = 8 * 1024
FORM_WITHIN = 20  # s: nobody has signed in yet
NO_HTTP = "Пользователю ключей не разрешено использовать HTTP сервисы: включите это в карточке пользователя на портале"


async def token_for(request: Request[Any, Any, Any]) -> dict[str, Any]:
    """The answer of POST /sys/token. Raises Problem."""
    body = await bodies.read(request, limit=FORM_LIMIT, name="Форма", within=FORM_WITHIN)
    try:
        form = parse_qs(body.decode("utf-8", "replace"), max_num_fields=20)
    except ValueError as error:
        raise Problem(400, "В форме слишком много полей") from error
    grant = form.get("grant_type", [""])[0].strip().lower()
    if grant != "client_credentials":
        raise Problem(400, "Поле «grant_type» должно быть client_credentials", code="unsupported_grant_type")
    client_id, secret = _pair(request.headers.get("authorization", ""))
    try:
        token = await keys.sign_in_with_key(client_id, secret, clock.now(), address=_address(request))
    except WrongKey as error:
        headers = {"WWW-Authenticate": 'Basic realm="exchange"'}
        raise Problem(401, "Неверный Client ID или Client Secret", headers=headers) from error
    except TooManyWrongKeys as error:
        wait = str(int(keys.WRONG_WINDOW.total_seconds()))
        raise Problem(429, "Слишком много неверных ключей с этого адреса", headers={"Retry-After": wait}) from error
    except HttpForbidden as error:
        raise Problem(403, NO_HTTP) from error
    life = int(keys.TOKEN_LIFE.total_seconds())
    return {"id_token": token, "access_token": token, "token_type": "Bearer", "expires_in": life}


async def service_of(request: Request[Any, Any, Any]) -> Service:
    """The service user whose token came with the request. Raises Problem 401, 403."""
    kind, _, token = request.headers.get("authorization", "").strip().partition(" ")
    try:
        if kind.lower() != "bearer":
            raise WrongKey("no token")
        async with reading():
            return await keys.service_of(token, clock.now())
    except WrongKey as error:
        headers = {"WWW-Authenticate": 'Bearer realm="exchange"'}
        raise Problem(401, "Нужен действующий токен: получите новый по /sys/token", headers=headers) from error
    except HttpForbidden as error:
        raise Problem(403, NO_HTTP) from error


def _pair(header: str) -> tuple[str, str]:
    """Client ID and Client Secret of a Basic header; empty ones when there is none."""
    kind, _, value = header.strip().partition(" ")
    if kind.lower() != "basic":
        return "", ""
    try:
        client_id, _, secret = base64.b64decode(value.strip(), validate=True).decode("utf-8").partition(":")
    except (binascii.Error, UnicodeDecodeError):
        return "", ""
    return client_id, secret


def _address(request: Request[Any, Any, Any]) -> str:
    return request.client.host if request.client else ""
