"""Every kind of object that travels between the portal and 1C, by its name on the wire."""

from sync.kinds.kind import Sent, Taken

TAKEN: dict[str, Taken] = {}

SENT: dict[str, Sent] = {
    "user_status": Sent(),
}

# Kinds of the contract whose rooms on the portal are not open yet: 1C is told «disabled» and stops offering them.
SWITCHED_OFF = frozenset({"message", "settlement", "task"})
