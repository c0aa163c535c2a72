"""Manager — Менеджер: the user of 1C who answers for a partner."""

from msgspec import UNSET

from data.partners.mirrors import MANAGERS
from sync.kinds.directory import directory
from sync.kinds.fields import Fields, OptionalLine, OptionalWord


class ManagerFields(Fields):
    name: OptionalLine = UNSET
    phone: OptionalWord = UNSET
    email: OptionalLine = UNSET


KIND = directory(ManagerFields, MANAGERS)
