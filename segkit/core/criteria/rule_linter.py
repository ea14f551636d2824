"""A linter for rule tables: which codes match several rules, which match none, and which rules can never be reached.

A code is what a customer looks like to a table: one band or score for each variable. The first rule that matches counts.
"""

from collections.abc import Callable, Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Literal

import pandas as pd

from segkit.words.numbers import count, listed
from segkit.words.terms import SMALL_GROUP

Code = tuple[int, ...]
Kind = Literal["overlap", "gap", "dead", "empty", "tiny"]


@dataclass(frozen=True)
class Line:
    """One rule of a table: the codes that it takes, and the segment that they go to."""

    segment: str
    codes: frozenset[Code]


def line(segment: str, *ranges: tuple[int, int]) -> Line:
    """Return the rule that takes all codes between a lowest and a highest score of each variable, both included."""
    return Line(segment, frozenset(product(*(range(low, high + 1) for low, high in ranges))))


@dataclass(frozen=True)
class Fault:
    """One finding: what is wrong, where, and an example.

    ``codes`` are the codes concerned, ``example`` the one that most customers have (the first without customers), and
    ``customer`` somebody who has it, for the notebook only. ``customers`` counts all of these codes' customers (None where the
    table was checked without any). ``sentence`` says it in words, the customer left out.
    """

    kind: Kind
    segments: tuple[str, ...]
    codes: tuple[Code, ...]
    customers: int | None
    example: Code | None
    customer: str | None
    sentence: str


@dataclass(frozen=True)
class Lint:
    """All that the linter found in one table.

    ``overlapping`` and ``unmatched`` count codes that match several rules, and none; ``dead`` names the segments that nobody
    can reach because earlier rules take all their codes.
    """

    codes: int
    overlapping: int
    unmatched: int
    dead: tuple[str, ...]
    faults: tuple[Fault, ...]
    sentence: str

    @property
    def sound(self) -> bool:
        """Whether each code has exactly one segment, and each segment customers enough."""
        return not self.faults


def lint(
    lines: Sequence[Line],
    domain: Collection[Code],
    customers: "pd.Series[Hashable] | None" = None,
    *,
    say: Callable[[Code], str] = lambda code: "-".join(map(str, code)),
    floor: float = SMALL_GROUP,
) -> Lint:
    """Check a rule table.

    Parameters
    ----------
    lines : sequence of Line
        The table, in the order in which its rules are asked; several lines may lead to one segment.
    domain : collection of tuple of int
        All codes that there can be.
    customers : pandas.Series of tuple, optional
        Code of each customer, index customer id; without it segments are not checked for being empty or tiny.
    say : callable, optional
        Says a code in words, for the sentences.
    floor : float, optional
        Segments of fewer customers are tiny.
    """
    domain = sorted(domain)
    taken = {code: [i for i, rule in enumerate(lines) if code in rule.codes] for code in domain}
    held = _Held(customers)
    several = [code for code in domain if len({lines[i].segment for i in taken[code]}) > 1]
    none = [code for code in domain if not taken[code]]
    reached = {lines[hits[0]].segment for hits in taken.values() if hits}
    names = list(dict.fromkeys(rule.segment for rule in lines))
    faults = [held.fault("overlap", segments, codes, say) for segments, codes in _by_winner(lines, taken, several).items()]
    if none:
        faults.append(held.fault("gap", (), none, say))
    for name in names:
        mine = [code for code in domain if any(lines[i].segment == name for i in taken[code])]
        if name not in reached:
            before = dict.fromkeys(lines[taken[code][0]].segment for code in mine)
            faults.append(held.fault("dead", (name, *before), mine, say))
        elif customers is not None:
            won = [code for code in mine if lines[taken[code][0]].segment == name]
            size = held.size(won)
            if size < floor:
                faults.append(held.fault("tiny" if size else "empty", (name,), won, say))
    dead = tuple(name for name in names if name not in reached)
    return Lint(len(domain), len(several), len(none), dead, tuple(faults), _read(len(domain), several, none, dead, faults))


def _by_winner(
    lines: Sequence[Line], taken: Mapping[Code, Sequence[int]], several: Sequence[Code]
) -> dict[tuple[str, ...], list[Code]]:
    """Return the codes that match several rules by the segments that want them, the one that gets them first."""
    found: dict[tuple[str, ...], list[Code]] = {}
    for code in several:
        found.setdefault(tuple(dict.fromkeys(lines[i].segment for i in taken[code])), []).append(code)
    return dict(sorted(found.items(), key=lambda item: (-len(item[1]), item[0])))


class _Held:
    """How many customers have each code, and one of them by name."""

    def __init__(self, customers: "pd.Series[Hashable] | None") -> None:
        self.known = customers is not None
        self.sizes: dict[Hashable, int] = {}
        self.first: dict[Hashable, str] = {}
        if customers is not None:
            self.sizes = {code: int(n) for code, n in customers.value_counts().items()}
            ids = pd.Series(customers.index.astype(str), index=customers.index).groupby(customers.to_numpy()).min()
            self.first = {code: str(name) for code, name in ids.items()}

    def size(self, codes: Sequence[Code]) -> int:
        return sum(self.sizes.get(code, 0) for code in codes)

    def fault(self, kind: Kind, segments: tuple[str, ...], codes: Sequence[Code], say: Callable[[Code], str]) -> Fault:
        example = max(codes, key=lambda code: self.sizes.get(code, 0)) if codes else None
        size = self.size(codes) if self.known else None
        text = _SAY[kind](segments, len(codes), "" if size is None else f" ({count(size, 'customer')})")
        if example is not None and kind in ("overlap", "gap", "dead"):
            text += f" For example: {say(example)}."
        customer = self.first.get(example) if example is not None else None
        return Fault(kind, segments, tuple(codes), size, example, customer, text)


def _quoted(names: Sequence[str]) -> str:
    return listed([f"“{name}”" for name in names])


_SAY: Mapping[Kind, Callable[[tuple[str, ...], int, str], str]] = {
    "overlap": lambda names, codes, who: (
        f"{count(codes, 'combination')}{who} {'matches' if codes == 1 else 'match'} {_quoted(names)}; the first takes them."
    ),
    "gap": lambda _, codes, who: f"{count(codes, 'combination')}{who} {'matches' if codes == 1 else 'match'} no rule.",
    "dead": lambda names, codes, _: (
        f"Nobody can get into “{names[0]}”: its {count(codes, 'combination')} "
        f"{'goes' if codes == 1 else 'go'} to {_quoted(names[1:])} before."
        if codes
        else f"Nobody can get into “{names[0]}”: no combination matches it."
    ),
    "empty": lambda names, *_: f"“{names[0]}” is empty: no customer matches it.",
    "tiny": lambda names, _, who: f"“{names[0]}” is tiny{who}.",
}


def _read(codes: int, several: Sequence[Code], none: Sequence[Code], dead: Sequence[str], faults: Sequence[Fault]) -> str:
    """Say all in a sentence or two."""
    said = []
    if several:
        said.append(f"{len(several)} {'matches' if len(several) == 1 else 'match'} several rules")
    if none:
        said.append(f"{len(none)} {'matches' if len(none) == 1 else 'match'} none")
    text = (
        f"Of the {codes} combinations {listed(said)}."
        if said
        else f"Each of the {codes} combinations belongs to exactly one segment: no overlap, no gap."
    )
    if dead:
        text += f" Nobody can get into {_quoted(dead)}."
    for kind, words in (("empty", "No customer is in"), ("tiny", "Tiny:")):
        if names := [fault.segments[0] for fault in faults if fault.kind == kind]:
            text += f" {words} {_quoted(names)}."
    return text
