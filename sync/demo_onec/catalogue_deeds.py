"""What people do in 1C besides orders: change a price or a good, form a segment, publish a person, merge doubles."""

from typing import Annotated, Any, Literal

import msgspec

from sync.demo_onec import queue
from sync.demo_onec.clock import Clock
from sync.demo_onec.ids import invented, register_row
from sync.demo_onec.order_form import Short, Text
from sync.demo_onec.refusal import Refusal
from sync.demo_onec.store import Store
from sync.demo_onec.sums import NotANumber, kopecks, quantity, rubles, thousandths

KEYS = {
    "price": ("product", "variant", "price_type", "pack"),
    "stock": ("product", "variant", "warehouse"),
    "personal_price": ("agreement", "product", "variant"),
    "settlement": ("counterparty", "agreement", "document"),
}
"""The key fields of the register rows, in the order in which their ids are made."""

PUBLIC = frozenset(
    {"organization", "warehouse", "price_type", "product_group", "product", "price", "personal_price", "stock"}
    | {"partner", "counterparty", "contract", "agreement", "contact", "address", "user", "role", "manager"}
    | {"cancel_reason", "delivery_method", "document", "settlement", "task", "message", "news"}
)
"""Kinds of objects that go to the portal; orders have deeds of their own."""

Action = Literal["publish", "invite_again", "activate", "deactivate", "reset_password", "delete"]


class ChangeDeed(msgspec.Struct):
    """`id` names an object; a register row may be named by its key fields inside `data` instead."""

    kind: Short
    data: dict[str, Any] = {}
    id: Short | None = None
    op: Literal["upsert", "delete"] = "upsert"


def flat(body: dict[str, Any]) -> dict[str, Any]:
    """The fields of the object may also stand beside `kind`, without `data` around them."""
    named = {name: value for name, value in body.items() if name in ("kind", "id", "op")}
    beside = {name: value for name, value in body.items() if name not in ("kind", "id", "op", "data")}
    inside = body.get("data", {})
    return named | {"data": {**beside, **inside} if isinstance(inside, dict) else inside}


class PublishDeed(msgspec.Struct):
    person: Short
    action: Action = "publish"


class MergeDeed(msgspec.Struct, rename={"from_": "from"}):
    from_: Short
    into: Short
    kind: Short = "product"


class TaskDeed(msgspec.Struct):
    subject: Text = "Согласовать скидку"
    description: Text = "Проверьте условия и примите решение"
    executor: Short | None = None
    author: Short | None = None
    order: Short | None = None
    outcomes: Annotated[list[Short], msgspec.Meta(max_length=10)] = msgspec.field(
        default_factory=lambda: ["agreed", "agreed_remarks", "rejected", "rework"]
    )
    priority: Short = "normal"
    due: Short | None = None


def change(store: Store, deed: ChangeDeed, clock: Clock) -> list[str]:
    """Write the named fields over the object and queue it; gives the ids.

    A register row is named by its key fields: part of them names every row that has them, all of them also make
    a row that is not there yet. Raises Refusal when nothing is named.
    """
    if deed.kind not in PUBLIC:
        raise Refusal("UNKNOWN_KIND", f"Неизвестный вид объекта {deed.kind}")
    keys = [deed.id] if deed.id else _rows_named(store, deed.kind, deed.data)
    changes = _checked(deed, clock)
    for key in keys:
        standing = store.found(deed.kind, key)
        if standing is None and not _is_whole_key(deed):
            raise Refusal("UNKNOWN_OBJECT", "Такого объекта в 1С нет")
        fields = {**(standing or dict.fromkeys(KEYS[deed.kind])), **changes}
        fields.pop("id", None)
        _write(store, deed, key, fields)
    if not keys:
        raise Refusal("UNKNOWN_OBJECT", "Такого объекта в 1С нет")
    return keys


def publish(store: Store, deed: PublishDeed) -> str:
    """A deed with a person's access; without an e-mail nobody can be invited. Gives the id of the user."""
    people = store.all("user")
    person = next(
        (user for user in people if deed.person in (user["id"], user["login"], user["email"], user["name"])), None
    )
    if person is None:
        raise Refusal("UNKNOWN_PERSON", "Такого пользователя в 1С нет")
    if not person.get("email"):
        raise Refusal("EMAIL_REQUIRED", "У пользователей обязательно должна быть указана электронная почта")
    key = person.pop("id")
    person["action"] = deed.action
    version = store.keep("user", key, person)
    queue.offer_action(store, "user", key, version, op="upsert", data=person)
    return str(key)


def form_segment(store: Store, group: str) -> int:
    """«Сформировать»: queue every good of the group and of its sections again; gives how many."""
    if store.found("product_group", group) is None:
        raise Refusal("UNKNOWN_SEGMENT", "Такого сегмента в 1С нет")
    inside = {group} | {entry["id"] for entry in store.all("product_group") if entry["parent"] == group}
    marks = ",".join("?" * len(inside))
    rows = store.rows(
        "SELECT id FROM object WHERE kind = 'product' AND deleted = 0 "
        f"AND json_extract(data, '$.group') IN ({marks}) ORDER BY place",
        *inside,
    )
    for row in rows:
        queue.offer_again(store, "product", row["id"])
    return len(rows)


def merge(store: Store, deed: MergeDeed) -> str:
    """«Поиск и удаление дублей»: one object gives way to another of its kind."""
    if deed.from_ == deed.into or not (store.found(deed.kind, deed.from_) and store.found(deed.kind, deed.into)):
        raise Refusal("UNKNOWN_OBJECT", "Нужны два разных объекта одного вида")
    data = store.found(deed.kind, deed.from_) or {}
    data.pop("id")
    version = store.keep(deed.kind, deed.from_, data)
    store.db.execute("UPDATE object SET deleted = 1 WHERE kind = ? AND id = ?", (deed.kind, deed.from_))
    queue.offer_action(store, deed.kind, deed.from_, version, op="merge", data={"into": deed.into})
    return deed.from_


def give_task(store: Store, deed: TaskDeed, clock: Clock) -> str:
    """A task of an approval process for an employee; gives its id."""
    number = store.count("task_number")
    managers = store.all("manager")
    executor = deed.executor or managers[-1]["id"]
    if all(manager["id"] != executor for manager in managers):
        raise Refusal("UNKNOWN_MANAGER", "Такого исполнителя в 1С нет")
    key = invented("task", f"{store.recall('base')}/{number}")
    task = {
        "subject": deed.subject,
        "description": deed.description,
        "executor": executor,
        "author": deed.author or managers[0]["id"],
        "process": "Согласование",
        "step": 1,
        "iteration": 1,
        "due": deed.due,
        "priority": deed.priority,
        "object": {"kind": "order", "id": deed.order, "view": "Заказ клиента"} if deed.order else None,
        "outcomes": deed.outcomes,
        "status": "new",
        "created_at": clock.now().isoformat(),
    }
    queue.keep_and_offer(store, "task", key, task)
    return key


def _rows_named(store: Store, kind: str, data: dict[str, Any]) -> list[str]:
    """The rows of a register that have the given key fields; a whole key names one row even before it is there."""
    names = [name for name in KEYS.get(kind, ()) if name in data]
    if not names:
        return []
    if not all(isinstance(data[name], str | None) for name in names):
        raise Refusal("BAD_KEY", "Ключевые поля регистра: идентификаторы или null")
    if len(names) == len(KEYS[kind]):
        return [register_row(kind, *(data[name] for name in names))]
    marks = " ".join(f"AND json_extract(data, '$.{name}') IS ?" for name in names)
    sql = f"SELECT id FROM object WHERE kind = ? AND deleted = 0 {marks} ORDER BY place LIMIT 500"
    return [row["id"] for row in store.rows(sql, kind, *(data[name] for name in names))]


def _is_whole_key(deed: ChangeDeed) -> bool:
    return deed.kind in KEYS and deed.data.keys() >= set(KEYS[deed.kind])


def _write(store: Store, deed: ChangeDeed, key: str, fields: dict[str, Any]) -> None:
    version = store.keep(deed.kind, key, fields)
    if deed.op == "delete":
        store.db.execute("UPDATE object SET deleted = 1 WHERE kind = ? AND id = ?", (deed.kind, key))
        queue.offer_action(store, deed.kind, key, version, op="delete", data={})
    else:
        queue.offer(store, deed.kind, key, version)


def _checked(deed: ChangeDeed, clock: Clock) -> dict[str, Any]:
    """Sums and quantities in the form of the wire; a new stock is as of now."""
    fields = {name: value for name, value in deed.data.items() if name != "id"}
    try:
        if fields.get("price") is not None:
            fields["price"] = rubles(kopecks(fields["price"]))
        if fields.get("free") is not None:
            fields["free"] = quantity(thousandths(fields["free"]))
    except NotANumber as refused:
        raise Refusal("BAD_NUMBER", str(refused)) from None
    if deed.kind == "stock":
        fields.setdefault("as_of", clock.now().isoformat())
    return fields
