"""How 1C reaches the portal: a token for its keys, then calls; anything but an honest answer is a transport failure."""

import hashlib
import json
from typing import Any

import httpx

from sync.demo_onec.store import Store

TIME_LIMIT = 30.0
"""The protocol's limit for one call."""


class TransportFailure(Exception):
    """The portal was not reached, or what answered is not the portal; no record is to blame."""


class PortalClient:
    """One kept-alive client; the token lives until the portal refuses it or the keys change."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._http = httpx.AsyncClient(timeout=TIME_LIMIT, trust_env=False, follow_redirects=False)
        self._token = ""
        self._token_for = ""

    async def close(self) -> None:
        await self._http.aclose()

    @property
    def is_configured(self) -> bool:
        return all(self._store.recall(name) for name in ("portal", "client_id", "client_secret"))

    async def call(self, method: str, path: str, **parts: Any) -> httpx.Response:
        """One call with the token; an outdated token is renewed once. Raises TransportFailure."""
        answer = await self._authorized(method, path, parts)
        if answer.status_code == 401:
            self._token = ""
            answer = await self._authorized(method, path, parts)
        if answer.status_code >= 300:
            raise TransportFailure(f"Портал ответил {answer.status_code} на {path}{_detail(answer)}")
        return answer

    async def check(self) -> str:
        """«Проверка интеграции»: «Сервис доступен», or the step that failed, in words for a person."""
        if not self.is_configured:
            return "Адрес портала или ключи не указаны"
        try:
            answer = await self.call("GET", "/api/exchange/ping")
        except TransportFailure as failure:
            return str(failure)
        word = answer.text.strip("\ufeff\"' \r\n")
        return "Сервис доступен" if word in ("OK", "ОК") else "По этому адресу отвечает не портал"

    async def receipt(self, method: str, path: str, **parts: Any) -> dict[str, Any]:
        """A call whose answer must be JSON signed by the portal; a bare 200 or a page is no receipt."""
        answer = await self.call(method, path, **parts)
        if not answer.headers.get("content-type", "").lower().startswith("application/json"):
            raise TransportFailure("Ответ портала не является квитанцией: это не JSON")
        try:
            receipt = json.loads(answer.content)
        except (ValueError, RecursionError):
            raise TransportFailure("Ответ портала не является квитанцией: JSON испорчен") from None
        if not isinstance(receipt, dict) or not {"base", "epoch", "seq"} <= receipt.keys():
            raise TransportFailure("Ответ портала не является квитанцией: нет подписи портала")
        return receipt

    async def _authorized(self, method: str, path: str, parts: dict[str, Any]) -> httpx.Response:
        token = await self._sign_in()
        headers = {**parts.get("headers", {}), "Authorization": f"Bearer {token}"}
        return await self._send(method, path, **{**parts, "headers": headers})

    async def _sign_in(self) -> str:
        keys = [str(self._store.recall(name)).strip() for name in ("portal", "client_id", "client_secret")]
        mark = hashlib.sha256("\n".join(keys).encode()).hexdigest()
        if self._token and self._token_for == mark:
            return self._token
        form = {"grant_type": "client_credentials"}
        answer = await self._send("POST", "/sys/token", data=form, auth=httpx.BasicAuth(keys[1], keys[2]))
        if answer.status_code != 200:
            raise TransportFailure(f"Портал не выдал токен: {answer.status_code}{_detail(answer)}")
        try:
            self._token = str(answer.json()["id_token"])
        except (ValueError, LookupError, TypeError):
            raise TransportFailure("Портал не выдал токен: ответ не понят") from None
        self._token_for = mark
        return self._token

    async def _send(self, method: str, path: str, **parts: Any) -> httpx.Response:
        address = str(self._store.recall("portal")).strip().rstrip("/")
        try:
            return await self._http.request(method, address + path, **parts)
        except (httpx.HTTPError, httpx.InvalidURL, UnicodeError) as failure:
            raise TransportFailure(f"Портал недоступен: {type(failure).__name__} {failure}"[:300]) from None


def _detail(answer: httpx.Response) -> str:
    """The portal's own words, when it sends problem+json."""
    try:
        return f" ({str(answer.json()['detail'])[:200]})"
    except (ValueError, LookupError, TypeError):
        return " "
