"""Cancel reason — Причина отмены."""

from msgspec import UNSET

from data.ordering.delivery import REASONS
from sync.kinds.directory import directory
from sync.kinds.fields import Fields, OptionalLine


class CancelReasonFields(Fields):
    name: OptionalLine = UNSET


KIND = directory(CancelReasonFields, REASONS)
