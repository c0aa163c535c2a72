"""The sections at the bottom of every page: at most five, by what the person may do."""

from dataclasses import dataclass

from data.access.person import Person


@dataclass(frozen=True)
class Section:
    """``badge`` names the number that stands on it, or is empty."""

    href: str
    icon: str
    label: str
    badge: str = ""


HOME = Section("/", "house", "Главная")
CATALOGUE = Section("/catalogue", "layout-grid", "Каталог")
CART = Section("/cart", "shopping-cart", "Корзина", "cart")
ORDERS = Section("/orders", "clipboard-list", "Заказы")
DESK = Section("/desk", "inbox", "Входящие", "desk")
MORE = Section("/more", "ellipsis", "Ещё")
ADMIN_RIGHTS = ("settings", "exchange", "people.all")


def sections_of(person: Person | None) -> tuple[Section, ...]:
    if person is None:
        return ()
    sees_orders = bool(person.rights & {"orders.own", "orders.company", "orders.assigned"})
    decides = person.may("orders.decide") and not person.is_partner
    offered = (
        (DESK, decides),
        (HOME, not decides),
        (ORDERS, sees_orders and decides),
        (CATALOGUE, person.may("catalogue")),
        (CART, person.is_partner and person.may("catalogue") and person.may("orders.own")),
        (ORDERS, sees_orders and not decides),
        (MORE, True),
    )
    return tuple(section for section, is_shown in offered if is_shown)


def is_current(section: Section, path: str) -> bool:
    return path == section.href or (section.href != "/" and path.startswith(section.href + "/"))
