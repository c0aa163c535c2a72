"""Where the identifiers of this 1C come from: the same base content gets the same UUIDs, so a test can name them."""

import uuid

INVENTED = uuid.UUID("8b0a1a63-4b9e-5a54-8d5f-2f6d1f0b7e11")
REGISTERS = uuid.UUID("4b6f9a5e-2d0c-5d39-9c1e-7f6a2b8c4d10")
"""The namespace of register rows, fixed by the exchange protocol."""


def invented(kind: str, name: object) -> str:
    """The UUID of an invented object; one name gives one UUID."""
    return str(uuid.uuid5(INVENTED, f"{kind}:{name}"))


def register_row(kind: str, *key: str | None) -> str:
    """The UUID of a price, stock or settlement row: over the kind and its key fields, empty for null."""
    return str(uuid.uuid5(REGISTERS, "|".join((kind, *(part or "" for part in key)))))


def canonical(text: object) -> str | None:
    """Lower-case UUID text, or None when it is not a UUID."""
    try:
        return str(uuid.UUID(text)) if isinstance(text, str) else None
    except ValueError:
        return None
