"""Pages of refusals that must not depend on anything: no template, no database, no person."""

from html import escape

TEXTS = {
    400: ("Запрос не понят", "Адрес или форма повреждены. Вернитесь назад и попробуйте ещё раз."),
    403: (
        "Запрос не принят",
        "Похоже, форма отправлена не со страницы портала. Откройте портал заново по его адресу и повторите действие."
        " Если это повторяется, адрес портала в его настройках отличается от того, который вы открыли.",
    ),
    405: ("Так эта страница не открывается", "Перейдите на неё по ссылке или вернитесь назад."),
    413: ("Слишком много данных", "Форма больше, чем можно принять. Разделите её на части."),
    500: ("Ошибка на нашей стороне", "Мы записали, что случилось. Попробуйте ещё раз чуть позже."),
}


def plain_page(status: int, request_id: str) -> bytes:
    title, text = TEXTS[status]
    number = f"<p>Номер обращения: {escape(request_id)}</p>" if status == 500 else ""
    return (
        '<!DOCTYPE html>\n<html lang="ru"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark">'
        f"<title>{title}</title></head><body><main><h1>{title}</h1><p>{text}</p>{number}"
        '<p><a href="/">На главную</a></p></main></body></html>\n'
    ).encode()
