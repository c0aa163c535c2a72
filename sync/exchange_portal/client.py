"""The portal calls 1C: one kept connection, a total time limit, no redirects, never more than the limit of an answer."""

import asyncio
import contextlib
import ssl
from dataclasses import dataclass

import httpx

from data.exchange.integration import Integration
from sync.exchange_portal import failures
from sync.exchange_portal.addresses import Target, resolve
from sync.exchange_portal.failures import CERTIFICATE_LABEL, NotConnected, Unreachable

ANSWER_LIMIT = 10 * 1024 * 1024  # 100 orders as accepted are far below it
KEPT = 3.0  # s an idle line is kept: web servers hang up after 5, and a call on a line just hung up fails
HEADERS = {"User-Agent": "nakladnaya", "Accept-Encoding": "identity"}  # a packed answer could unpack without end


@dataclass(frozen=True)
class Reply:
    """An answer with status 200."""

    body: bytes
    content_type: str

    @property
    def text(self) -> str:
        return self.body.decode("utf-8-sig", "replace")


class Client:
    """The line to 1C. One call at a time is the scheduler's business; a change of the certificate opens a new line."""

    def __init__(self) -> None:
        self.turn = asyncio.Lock()
        self._http: httpx.AsyncClient | None = None
        self._certificate = ""

    async def close(self) -> None:
        if self._http is not None:
            await self._http.aclose()
            self._http = None

    async def call(self, settings: Integration, method: str, what: str, body: bytes | None = None) -> Reply:
        """Call ``{Сервер}{Путь}/{what}`` with Basic. Raises Unreachable for everything that is not a whole 200."""
        try:
            async with asyncio.timeout(failures.WITHIN):
                target = await resolve(settings)
                for origin in target.origins[:-1]:
                    with contextlib.suppress(NotConnected):  # «localhost» is two addresses, 1C may listen on one
                        return await self._call(settings, target, origin, method, what, body)
                return await self._call(settings, target, target.origins[-1], method, what, body)
        except TimeoutError as error:
            raise failures.of_error(error, settings.server) from error

    async def _call(
        self, settings: Integration, target: Target, origin: str, method: str, what: str, body: bytes | None
    ) -> Reply:
        http = await self._line(settings.certificate_file)
        headers = HEADERS | {"Host": target.host_header}
        if body is not None:
            headers["Content-Type"] = "application/json; charset=utf-8"
        request = http.build_request(
            method,
            f"{origin}{target.path}/{what}",
            content=body,
            headers=headers,
            extensions={"sni_hostname": target.host},
        )
        try:
            auth = httpx.BasicAuth(settings.login.encode(), settings.password.encode())
            answer = await http.send(request, auth=auth, stream=True, follow_redirects=False)
            try:
                content = await _whole(answer)
            finally:
                await answer.aclose()
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise failures.of_error(error, f"{target.host}:{target.port}") from error
        if answer.status_code != 200:
            failure = failures.of_status(answer.status_code, answer.headers.get("retry-after", ""))
            failure.answer = content.decode("utf-8", "replace")
            raise failure
        return Reply(content, answer.headers.get("content-type", ""))

    async def _line(self, certificate: str) -> httpx.AsyncClient:
        if self._http is not None and certificate != self._certificate:
            await self.close()
        if self._http is None:
            self._http = httpx.AsyncClient(
                verify=await asyncio.to_thread(_trust, certificate),
                timeout=failures.WITHIN,
                limits=httpx.Limits(max_connections=2, max_keepalive_connections=1, keepalive_expiry=KEPT),
                trust_env=False,
            )
            self._certificate = certificate
        return self._http


async def _whole(answer: httpx.Response) -> bytes:
    if answer.headers.get("content-encoding", "identity").lower() not in {"", "identity"}:
        raise Unreachable("body", "1С ответила в сжатом виде, хотя её об этом не просили")
    found = bytearray()
    async for chunk in answer.aiter_raw():
        found += chunk
        if len(found) > ANSWER_LIMIT:
            raise Unreachable("body", f"Ответ 1С больше {ANSWER_LIMIT // 1024 // 1024} МиБ")
    return bytes(found)


def _trust(certificate: str) -> ssl.SSLContext:
    """The system's roots, and the owner's own certificate or company root beside them."""
    context = ssl.create_default_context()
    if certificate:
        try:
            context.load_verify_locations(cafile=certificate)
        except (OSError, ssl.SSLError) as error:
            raise Unreachable(
                "certificate", f"{CERTIFICATE_LABEL} «{certificate}» не читается: нужен файл PEM", urgent=True
            ) from error
    return context
