"""What the machines' doors answer when they cannot do what was asked: RFC 9457, in plain Russian."""

import json
from typing import Any

from litestar import Request, Response

TYPE = "application/problem+json"


class Problem(Exception):
    """An error of the door itself; ``detail`` is read by the administrator of 1C."""

    def __init__(self, status: int, detail: str, *, headers: dict[str, str] | None = None, code: str = "") -> None:
        super().__init__(detail)
        self.status = status
        self.detail = detail
        self.headers = headers or {}
        self.code = code


TITLES = {
    400: "Неверный запрос",
    401: "Нужны ключи",
    403: "Доступ запрещён",
    404: "Не найдено",
    408: "Слишком долго",
    409: "Противоречие",
    413: "Слишком много",
    415: "Неизвестный формат",
    422: "Не принято",
    429: "Слишком часто",
    503: "Временно недоступно",
}


def text_of(problem: Problem) -> str:
    """The body of the answer."""
    body: dict[str, Any] = {
        "type": "about:blank",
        "title": TITLES.get(problem.status, "Ошибка"),
        "status": problem.status,
        "detail": problem.detail,
    }
    if problem.code:
        body["code"] = problem.code
    return json.dumps(body, ensure_ascii=False)


def answer(request: Request[Any, Any, Any], problem: Problem) -> Response[str]:
    """The exception handler of the doors."""
    return Response(text_of(problem), status_code=problem.status, media_type=TYPE, headers=problem.headers)
