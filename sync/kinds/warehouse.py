"""Warehouse — Склад."""

from msgspec import UNSET

from data.catalogue.stock import WAREHOUSES
from sync.kinds.directory import directory
from sync.kinds.fields import Fields, OptionalLine, OptionalLongLine


class WarehouseFields(Fields):
    name: OptionalLine = UNSET
    address: OptionalLongLine = UNSET


KIND = directory(WarehouseFields, WAREHOUSES)
