"""«Администрирование»: the menu of what this person may set up and watch."""

from typing import NamedTuple

from litestar import Controller, get

from data.access.person import Person
from web.answers import AnyRequest, Page, page
from web.navigation import ADMIN_RIGHTS
from web.people import needs, the_person


class Entry(NamedTuple):
    href: str
    title: str
    text: str
    right: str


ENTRIES = (
    Entry("/admin/users", "Пользователи", "Кто входит на портал, роли, приглашения, ключи для 1С", "people.all"),
    Entry("/admin/exchange", "Настройки интеграции", "Адрес 1С, логин, расписание, проверка", "exchange"),
    Entry("/admin/queue", "Журнал очередей", "Что ещё не передано в 1С и почему", "exchange"),
    Entry("/admin/journal", "Журналы входящих и исходящих событий", "Каждый обмен: запрос, ответ, ошибка", "exchange"),
    Entry("/admin/shop", "Магазин", "Название, часовой пояс, товары без цены, остатки", "settings"),
    Entry("/admin/mail", "Почта", "С какого ящика уходят письма портала", "settings"),
)


def entries_of(person: Person) -> list[Entry]:
    return [entry for entry in ENTRIES if person.may(entry.right)]


class AdminController(Controller):
    path = "/admin"
    guards = [needs(*ADMIN_RIGHTS)]  # noqa: RUF012 - Litestar's own spelling

    @get("/", name="admin:menu")
    async def menu(self, request: AnyRequest) -> Page:
        return page("admin/index", entries=entries_of(the_person(request)), back="/more")
