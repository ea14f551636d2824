"""What the words of the vocabulary are: enumerations whose members carry a label for people."""

from enum import StrEnum


class Term(StrEnum):
    """A string enumeration whose members carry a label for people."""

    label: str

    def __new__(cls, value: str, label: str = "") -> "Term":
        """Build a member from its stored value and the label that people read."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label or value.replace("_", " ")
        return member

    @property
    def short(self) -> str:
        """The label up to its colon: its name."""
        return self.label.partition(": ")[0]

    @property
    def meaning(self) -> str:
        """The label after its colon: what the name means; the whole label where there is no colon."""
        return self.label.rpartition(": ")[2]
