"""Delivery method — Способ доставки."""

from msgspec import UNSET

from data.ordering.delivery import METHODS
from sync.kinds.directory import directory
from sync.kinds.fields import Fields, OptionalLine, OptionalWord, OptionalYes


class DeliveryMethodFields(Fields):
    code: OptionalWord = UNSET
    name: OptionalLine = UNSET
    needs_address: OptionalYes = UNSET


KIND = directory(DeliveryMethodFields, METHODS)
