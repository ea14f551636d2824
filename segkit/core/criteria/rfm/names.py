"""Names for the cells of RFM scores: total tables, in which each cell has exactly one segment."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from segkit.core.criteria.rfm.scores import BINS
from segkit.core.criteria.rule_linter import Line, line
from segkit.decisions.criteria import NameRule
from segkit.words.numbers import listed

Cell = tuple[int, int, int]

NAMES: Mapping[str, tuple[str, str]] = {
    "champions": ("Champions", "bought lately, and are among the best for orders and spend"),
    "loyal": ("Loyal", "still buy, and are in the middle or higher for orders and spend"),
    "promising": ("Coming up", "bought more than once and not long ago, but still little"),
    "new": ("New", "bought once, lately"),
    "cannot_lose": ("Best gone quiet", "are among the best for orders and spend, but have not bought for long"),
    "slipping": ("Slipping away", "are in the middle for orders and spend, and have not bought for long"),
    "one_time": ("Bought once, long ago", "bought once, and not lately"),
    "lost": ("Small and gone quiet", "bought little, and have not bought for long"),
    "best": ("Best", "are among the best for orders and spend"),
    "middle": ("Middle", "are in the middle for orders and spend"),
    "small": ("Small", "buy little"),
    "once": ("Bought once", "bought once"),
    "active": ("Active", "bought lately"),
    "cooling": ("Cooling off", "bought a while ago"),
    "quiet": ("Gone quiet", "have not bought for long"),
}
"""Name of each segment, and what its customers do; in the order of display."""

PLAIN: Mapping[str, tuple[str, str]] = {
    "champions": ("Best", "are among the best for orders and spend"),
    "loyal": ("Middle or better", "are in the middle or higher for orders and spend"),
    "promising": ("Small, more recent", "bought more than once, but little"),
    "new": ("Bought once, more recent", "bought once"),
    "cannot_lose": ("Best, longer ago", "are among the best for orders and spend"),
    "slipping": ("Middle, longer ago", "are in the middle for orders and spend"),
    "one_time": ("Bought once, longer ago", "bought once"),
    "lost": ("Small, longer ago", "bought little"),
    "active": ("More recent", "ordered more recently than the others"),
    "cooling": ("In between", "are between the more recent and those who ordered longer ago"),
    "quiet": ("Longer ago", "ordered longer ago than the others"),
}
"""The same where the rhythm of orders does not bear out "lately" or "not for long": a place in the order of customers."""

LATELY = {"champions": 4, "new": 4, "active": 4, "loyal": 3, "promising": 3}
"""Lowest score for recency of the segments that bought lately."""

QUIET = {"cannot_lose": 2, "slipping": 2, "lost": 2, "quiet": 2, "one_time": 3}
"""Highest score for recency of the segments that have not bought for long."""

ONCE = ("new", "one_time", "once")
REST = "rest"


def segment_of_cell(cell: Cell, *, recency: bool = True, value: bool = True, one_time: bool = False) -> str:
    """Return the segment of one cell of scores: total, so that every cell has exactly one.

    Parameters
    ----------
    cell : tuple of int
        Scores of recency, frequency and money, 1 to 5; of a missing one any number.
    recency, value : bool
        Whether recency, and whether frequency or money, are known.
    one_time : bool, default False
        Whether these customers bought once.
    """
    r, fm = cell[0], cell[1] + cell[2]
    if not value and not one_time:
        return "active" if r >= 4 else "cooling" if r == 3 else "quiet"
    if not recency:
        return "once" if one_time else "best" if fm >= 8 else "middle" if fm >= 5 else "small"
    if one_time:
        return "new" if r >= 4 else "one_time"
    if r >= 3:
        return "champions" if r >= 4 and fm >= 8 else "loyal" if fm >= 5 else "promising"
    return "cannot_lose" if fm >= 8 else "slipping" if fm >= 5 else "lost"


def every_cell() -> list[Cell]:
    """Return all 125 cells."""
    scores = range(1, BINS + 1)
    return list(product(scores, scores, scores))


def naming_table(*, recency: bool = True, value: bool = True, one_time: bool = True) -> dict[tuple[bool, Cell], str]:
    """Return the whole table: (bought once, cell) → segment; 125 cells, 125 more for one-time buyers."""
    return {
        (once, cell): segment_of_cell(cell, recency=recency, value=value, one_time=once)
        for once in ((False, True) if one_time else (False,))
        for cell in every_cell()
    }


@dataclass(frozen=True)
class Naming:
    """A naming table: its segments in order of display, and the segment of each cell.

    ``titles`` gives each segment's name and what its customers do; ``lines`` the rules of a person's own table as they wrote
    them, for the linter (empty for the workbook's own).
    """

    titles: Mapping[str, tuple[str, str]]
    table: Mapping[tuple[bool, Cell], str]
    lines: tuple[Line, ...] = ()

    @property
    def once_apart(self) -> bool:
        """Whether the table that is checked has cells of its own for people who bought once."""
        return not self.lines


def usual(*, recency: bool, value: bool) -> Naming:
    """Return the workbook's own table."""
    return Naming(NAMES, naming_table(recency=recency, value=value))


def of_ones_own(rules: Sequence[NameRule], *, recency: bool, value: bool) -> Naming:
    """Return a person's table: the first line that fits counts; who fits none is one of the rest.

    People who bought once stand apart before all lines.
    """
    first = {rule.name: f"own_{place}" for place, rule in reversed(list(enumerate(rules, 1)))}
    lines = tuple(line(first[r.name], r.recency, r.frequency, r.monetary) for r in rules)
    titles = {first[r.name]: (r.name, _scores(r)) for r in reversed(rules)}
    titles = {id_: titles[id_] for id_ in sorted(titles, key=lambda name: int(name.rpartition("_")[2]))}
    titles[REST] = ("Everyone else", "match no line of the table")
    table = dict(naming_table(recency=recency, value=value))
    for cell in every_cell():
        table[False, cell] = next((rule.segment for rule in lines if cell in rule.codes), REST)
    return Naming({**titles, **{name: NAMES[name] for name in ONCE}}, table, lines)


def _scores(rule: NameRule) -> str:
    said = []
    for what, (low, high) in (("recency", rule.recency), ("orders", rule.frequency), ("money", rule.monetary)):
        if (low, high) != (1, BINS):
            said.append(f"{what} {low}" if low == high else f"{what} {low} to {high}")
    return f"score {listed(said)} of {BINS}" if said else "have any scores"
