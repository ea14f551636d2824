"""A column of a file: what was counted in it, and what it is taken for."""

from dataclasses import dataclass

from segkit.words.terms import Base, Role

SURE, LIKELY = 0.85, 0.6
"""Confidences from which a role is called sure, or likely; below, it is a guess."""


GUESSED = 0.5
"""Up to this confidence a person is asked whether a column is what it is taken for."""


@dataclass(frozen=True)
class ColumnSummary:
    """What is known of one column before anybody decides what it means.

    All counts are numbers of rows. ``minimum``, ``maximum``, ``mean``, ``total`` and ``skew`` are None unless most filled
    cells are numbers.
    """

    name: str
    rows: int
    filled: int
    distinct: int
    numbers: int
    dates: int
    minimum: float | None
    maximum: float | None
    mean: float | None
    total: float | None
    skew: float | None
    examples: tuple[str, ...]


@dataclass(frozen=True)
class ColumnRole:
    """What one column is taken for; ``confidence`` runs from 0 to 1, ``reason`` is for people."""

    column: str
    role: Role
    base: Base | None
    confidence: float
    reason: str
    by_person: bool = False

    @property
    def certainty(self) -> str:
        """How sure that is, in words: "your choice", "sure", "likely" or "a guess"."""
        if self.by_person:
            return "your choice"
        return "sure" if self.confidence >= SURE else "likely" if self.confidence >= LIKELY else "a guess"
