"""Rules that set rows aside, and the ledger that counts them: kept + set aside = read, always."""

from dataclasses import dataclass

from segkit.terms import CleaningRule


@dataclass(frozen=True)
class RuleCount:
    """What one rule meets.

    ``rows`` counts the rows that meet this rule and none before it; ``money`` is their sum in the file's currency (None where
    unknown). ``applied`` tells whether they were set aside; a rule that is off only counts. ``examples`` are up to three row
    numbers of the file (the header is row 1).
    """

    rule: CleaningRule
    rows: int
    money: float | None
    applied: bool
    examples: tuple[int, ...]


@dataclass(frozen=True)
class Ledger:
    """Every row of the main file: kept, or set aside by exactly one rule."""

    rows_read: int
    rows_kept: int
    counts: tuple[RuleCount, ...]

    def __post_init__(self) -> None:
        """Hold the books to their promise."""
        if self.rows_kept + sum(self.rows_set_aside.values()) != self.rows_read:
            raise AssertionError("the ledger does not add up: kept + set aside must equal read")

    @property
    def rows_set_aside(self) -> dict[CleaningRule, int]:
        """Rows set aside by each applied rule that met any."""
        return {c.rule: c.rows for c in self.counts if c.applied and c.rows}
