"""Contact — Контактное лицо партнера."""

from msgspec import UNSET

from data.partners.mirrors import CONTACTS
from sync.kinds.directory import directory
from sync.kinds.fields import Fields, OptionalId, OptionalLine, OptionalWord


class ContactFields(Fields):
    partner: OptionalId = UNSET
    name: OptionalLine = UNSET
    position: OptionalLine = UNSET
    phone: OptionalWord = UNSET
    email: OptionalLine = UNSET


KIND = directory(ContactFields, CONTACTS, scopes={"partner": "partner"})
