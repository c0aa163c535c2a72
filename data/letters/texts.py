"""What the letters say: plain Russian, one thing to do, the link on a line of its own."""

from dataclasses import dataclass

ADDRESS = "{portal}"
"""Stands where the portal's address will be; only the process that sends knows it."""


@dataclass(frozen=True)
class Words:
    subject: str
    text: str


def invitation(*, name: str, company: str, path: str) -> Words:
    """The person may now set a password; the link works once, for 72 hours."""
    return Words(
        f"Приглашение на портал заказов{_of(company)}",
        f"Здравствуйте{_called(name)}!\n\n"
        f"Для вас открыт доступ на портал заказов{_of(company)}."
        " Чтобы войти, задайте пароль по этой ссылке:\n\n"
        f"{ADDRESS}{path}\n\n"
        "Ссылка работает один раз и действует трое суток. Если она устарела, попросите прислать новую.\n",
    )


def reset(*, name: str, path: str) -> Words:
    """Somebody has asked for a new password; the link works once, for 30 minutes."""
    return Words(
        "Новый пароль на портале заказов",
        f"Здравствуйте{_called(name)}!\n\n"
        "Кто-то попросил сменить пароль от вашего входа на портал."
        " Если это вы, задайте новый пароль по этой ссылке:\n\n"
        f"{ADDRESS}{path}\n\n"
        "Ссылка работает один раз и действует 30 минут. Если это не вы, ничего делать не нужно: пароль прежний.\n",
    )


def password_changed(*, name: str) -> Words:
    return Words(
        "Пароль на портале заказов изменён",
        f"Здравствуйте{_called(name)}!\n\n"
        "Пароль от вашего входа на портал изменён, все прежние входы завершены.\n"
        "Если это сделали не вы, задайте новый пароль и сообщите своему менеджеру:\n\n"
        f"{ADDRESS}/login/reset\n",
    )


def order_needs_you(*, order: str, total: str, path: str) -> Words:
    """Row O09: 1C's manager has set «К выполнению», the partner must confirm. ``order`` is «№ … от …»."""
    return Words(
        f"Заказ {order} ожидает вашего подтверждения",
        f"Здравствуйте!\n\nМенеджер проверил заказ {order} на сумму {total}. Он ожидает вашего подтверждения:\n\n"
        f"{ADDRESS}{path}\n",
    )


def new_order(*, partner: str, total: str, path: str) -> Words:
    """Row O20: a new order, which has no number yet, comes to the manager."""
    return Words(
        f"Новый заказ: {partner}",
        f"Здравствуйте!\n\nПартнер «{partner}» оформил заказ на сумму {total}. Посмотреть и подтвердить:\n\n"
        f"{ADDRESS}{path}\n",
    )


def order_refused(*, order: str, reason: str, path: str) -> Words:
    """The seller's side has declined the order."""
    because = f"Причина: {reason}\n" if reason else ""
    return Words(
        f"Заказ {order}: отказ",
        f"Здравствуйте!\n\nПо заказу {order} получен отказ.\n{because}\nПодробности на портале:\n\n{ADDRESS}{path}\n",
    )


def trial() -> Words:
    """«Отправить тестовое письмо»."""
    return Words(
        "Тестовое письмо портала заказов",
        f"Здравствуйте!\n\nЕсли вы читаете это письмо, почта портала настроена верно.\n\n{ADDRESS}/\n",
    )


def _called(name: str) -> str:
    return f", {name}" if name else ""


def _of(company: str) -> str:
    return f" «{company}»" if company else ""
