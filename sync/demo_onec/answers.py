"""Answers of this 1C: JSON that keeps its Cyrillic, plain texts for refusals, and never a page of an error."""

import logging
from typing import Any

from litestar import Request, Response
from litestar.exceptions import HTTPException, NotAuthorizedException

from sync.demo_onec.bodies import TooLarge, Unreadable
from sync.demo_onec.refusal import Refusal
from sync.demo_onec.store import dumps

log = logging.getLogger(__name__)

AnyRequest = Request[Any, Any, Any]


def json_answer(value: object, status: int = 200) -> Response[bytes]:
    return Response(dumps(value).encode(), media_type="application/json", status_code=status)


def text_answer(text: str, status: int) -> Response[str]:
    return Response(text, media_type="text/plain", status_code=status)


def _unreadable(_: AnyRequest, refused: Unreadable) -> Response[str]:
    return text_answer(str(refused), 400)


def _too_large(_: AnyRequest, refused: TooLarge) -> Response[str]:
    return text_answer("Не больше 5 МиБ и 500 записей за один раз", 413)


def _refused(_: AnyRequest, refused: Refusal) -> Response[str]:
    return text_answer(refused.message, 422)


def _http(_: AnyRequest, refused: HTTPException) -> Response[str]:
    answer = text_answer("Не найдено" if refused.status_code == 404 else refused.detail, refused.status_code)
    if isinstance(refused, NotAuthorizedException):
        answer.headers["WWW-Authenticate"] = 'Basic realm="1C"'
    return answer


def _bug(request: AnyRequest, failure: Exception) -> Response[str]:
    log.error("the demo 1C failed on %s %s", request.method, request.url.path, exc_info=failure)
    return text_answer("Внутренняя ошибка демонстрационной 1С, подробности в ее журнале", 500)


HANDLERS: dict[int | type[Exception], Any] = {
    Unreadable: _unreadable,
    TooLarge: _too_large,
    Refusal: _refused,
    HTTPException: _http,
    Exception: _bug,
}
