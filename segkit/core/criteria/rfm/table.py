"""The naming table of an RFM segmentation as people see it: checked, counted, and with the thresholds behind each score."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import product

import numpy as np
import pandas as pd

from segkit.core.criteria.rfm.names import Cell, every_cell
from segkit.core.criteria.rfm.rule import MONEY, RfmRule
from segkit.core.criteria.rfm.scores import BINS, Scale
from segkit.core.criteria.rule_linter import Line, Lint, lint
from segkit.core.disclosure import withheld
from segkit.words.numbers import count, exact, threshold
from segkit.words.terms import FREQUENCY, RECENCY_DAYS


@dataclass(frozen=True)
class NamingGrid:
    """Each cell of scores with its segment and its customers.

    ``names`` are the segments in order of display; ``segment`` and ``customers`` hold 125 cells of those who came back;
    ``once_segment`` and ``once_customers`` one-time buyers by their score of recency, 1 to 5. None stands for a number that
    must not be shown (see `segkit.core.disclosure`).
    """

    names: Mapping[str, str]
    segment: Mapping[Cell, str]
    customers: Mapping[Cell, int | None]
    once_segment: Mapping[int, str]
    once_customers: Mapping[int, int | None]


def checked(rule: RfmRule, frame: pd.DataFrame) -> Lint:
    """Check the naming table with the linter: one's own as it was written, the workbook's as it is used.

    Parameters
    ----------
    rule : RfmRule
        The segmentation.
    frame : pandas.DataFrame
        One row a customer.
    """
    scored, once = rule.scores(frame)
    naming = rule.naming
    if not naming.once_apart:
        lines = [Line(rule.title(line.segment)[0], line.codes) for line in naming.lines]
        codes = pd.Series(list(map(tuple, scored[~once].tolist())), index=frame.index[~once], dtype=object)
        return lint(lines, every_cell(), codes, say=say_code)
    cells: dict[str, set[tuple[int, ...]]] = {}
    hosts = rule.hosts()
    for (one_time, cell), name in naming.table.items():
        cells.setdefault(rule.title(hosts[name])[0], set()).add((int(one_time), *cell))
    both = np.column_stack([once.astype(int), scored])
    codes = pd.Series(list(map(tuple, both.tolist())), index=frame.index, dtype=object)
    lines = [Line(name, frozenset(held)) for name, held in cells.items()]
    return lint(lines, [(int(one_time), *cell) for one_time, cell in naming.table], codes, say=say_code)


def say_code(code: tuple[int, ...]) -> str:
    """Say a combination of scores in words."""
    apart = "bought once, " if len(code) == 4 and code[0] else ""
    return f"{apart}recency {code[-3]}, orders {code[-2]}, money {code[-1]}"


def naming_grid(rule: RfmRule, frame: pd.DataFrame) -> NamingGrid | None:
    """Count the customers of each cell; None unless recency, frequency and money are all known."""
    if not (rule.scales.recency and rule.scales.frequency and rule.scales.money):
        return None
    scored, once = rule.scores(frame)
    naming, hosts = rule.naming, rule.hosts()
    came_back = pd.Series(list(map(tuple, scored[~once].tolist())), dtype=object).value_counts()
    bought_once = pd.Series(scored[once, 0]).value_counts()
    segment = {cell: hosts[naming.table[False, cell]] for cell in every_cell()}
    customers = {cell: int(came_back.get(cell, 0)) for cell in every_cell()}
    once_segment = {r: hosts[naming.table[True, (r, 1, 1)]] for r in range(1, BINS + 1)}
    once_customers = {r: int(bought_once.get(r, 0)) for r in range(1, BINS + 1)}
    of = [*segment.values(), *once_segment.values()]
    # what is known elsewhere: the size of each segment, and customers by recency and orders in the map beside it
    by_map = [[i for i, (a, b, _) in enumerate(segment) if (a, b) == pair] for pair in product(range(1, BINS + 1), repeat=2)]
    totals = [[i for i, name in enumerate(of) if name == one] for one in dict.fromkeys(of)]
    hidden = withheld([*customers.values(), *once_customers.values()], [*totals, *by_map])
    return NamingGrid(
        names={name: rule.title(name)[0] for name in naming.titles if name in rule.kept},
        segment=segment,
        customers={cell: None if hide else n for (cell, n), hide in zip(customers.items(), hidden, strict=False)},
        once_segment=once_segment,
        once_customers={r: None if hide else n for (r, n), hide in zip(once_customers.items(), hidden[-BINS:], strict=True)},
    )


def score_ranges(rule: RfmRule) -> pd.DataFrame:
    """Return what each score stands for, as text: one row a score from 5 to 1, columns ``recency``, ``frequency``, ``money``.

    With nested bins the thresholds of frequency and money are those over all who came back; see `nested_ranges` for the others.
    """
    columns = {"recency": RECENCY_DAYS, "frequency": FREQUENCY, "money": rule.money}
    scales = rule.scales_of(())
    made = {
        column: _ranges(scales[variable], column, rule.currency) for column, variable in columns.items() if variable in scales
    }
    return pd.DataFrame(made, index=pd.Index(_SCORES, name="score"))


def nested_ranges(rule: RfmRule) -> dict[str, pd.DataFrame]:
    """Return the thresholds that nested bins have of their own, as text; empty where none are nested.

    Returns
    -------
    dict
        ``frequency``: one row a score of recency (column ``recency``); ``money``: one row a pair of scores (columns ``recency``
        and ``frequency``). Columns ``5`` to ``1``: what that score stands for. Best scores come first; combinations that
        nobody has are left out.
    """
    found = {}
    for column, scales, before in (
        ("frequency", rule.scales.frequency, ["recency"]),
        ("money", rule.scales.money, ["recency", "frequency"]),
    ):
        rows = [
            dict(zip(before, key, strict=True))
            | dict(zip(map(str, _SCORES), _ranges(scale, column, rule.currency), strict=True))
            for key, scale in sorted(scales.items(), reverse=True)
            if len(key) == len(before)
        ]
        if rows:
            found[column] = pd.DataFrame(rows)
    return found


_SCORES = range(BINS, 0, -1)
_UNITS = {"recency": "days", "frequency": "orders", "money": "money"}


def _ranges(scale: Scale, column: str, currency: str) -> list[str]:
    """Say what each score from 5 to 1 stands for; whole orders are counted out, because "3 to under 4" is 3."""
    unit, said = _UNITS[column], {}
    for place, score in enumerate(scale.scores):
        low = scale.cuts[place - 1] if place else None
        high = scale.cuts[place] if place < len(scale.cuts) else None
        said[score] = _range(low, high, unit, currency)
    return [said.get(score, "nobody") for score in _SCORES]


def _range(low: float | None, high: float | None, unit: str, currency: str) -> str:
    if low is not None and high is not None and unit == "orders" and low.is_integer() and high.is_integer():
        return count(int(low), "order") if high - low == 1 else f"{exact(low)} to {exact(high - 1)} orders"
    first = "" if low is None else threshold(low, "" if unit == "days" and high is not None else unit, currency)
    last = "" if high is None else threshold(high, unit, currency)
    return f"{first} to under {last}" if first and last else f"{first} or more" if first else f"under {last}" if last else "all"


def money_word(rule: RfmRule) -> str:
    """Return the word for what stands for money."""
    return MONEY[rule.chosen.money][1]
