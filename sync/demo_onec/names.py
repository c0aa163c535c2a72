"""What codes are called on the page of this 1C."""

from sync.demo_onec.catalogue_deeds import Action
from sync.demo_onec.faults import Mode

STATUS_NAMES = {
    "wait_manager": "Ожидает подтверждения менеджера",
    "wait_partner": "Ожидает подтверждения клиента",
    "in_work": "В работе",
    "refused": "Отказ",
    "closed": "Закрыт",
}

STATE_NAMES = {"registration": "Регистрация", "active": "Активен", "deactivated": "Деактивирован"}

ACTION_NAMES: dict[Action, str] = {
    "publish": "Опубликовать",
    "invite_again": "Отправить приглашение повторно",
    "activate": "Активировать",
    "deactivate": "Деактивировать",
    "reset_password": "Сбросить пароль",
    "delete": "Удалить",
}

FAULT_NAMES: dict[Mode, str] = {
    "ok": "Сбоев нет",
    "down": "1С выключена: соединение рвется без ответа",
    "slow": "Отвечает медленно",
    "stall": "Не отвечает, пока сбой не снят",
    "garbage": "Отвечает мусором",
    "html200": "Отвечает страницей входа с кодом 200",
    "lose_answer": "Работу делает, ответ теряет",
    "twice": "Каждый запрос выполняет дважды",
    "http500": "Ошибка 500",
    "http401": "Не узнает логин и пароль (401)",
    "refuse": "Отказывает в каждой записи",
}
