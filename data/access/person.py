"""The person who asks: every rule looks things up through them, so a forgotten check finds nothing."""

from dataclasses import dataclass

from data.errors import Missing


@dataclass(frozen=True)
class Person:
    """A signed-in user in one of his organisations."""

    user: int
    user_uuid: str
    name: str
    membership: int
    membership_uuid: str
    organisation: int
    organisation_uuid: str
    organisation_name: str
    role: str
    rights: frozenset[str]
    contact: str
    manager: str
    is_partner: bool = True

    @property
    def partner(self) -> str:
        """The partner in 1C this person orders for; empty for the owner's own people."""
        return self.organisation_uuid if self.is_partner else ""

    def may(self, right: str) -> bool:
        return right in self.rights

    def must(self, *rights: str) -> None:
        """Raises Missing unless the person has one of the rights: the wrong role learns nothing."""
        if not self.rights.intersection(rights):
            raise Missing(", ".join(rights))
