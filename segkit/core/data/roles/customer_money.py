"""What customers spent, in a file with one row a customer: one column of it, or several that add up."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np

from segkit.core.data.roles import lexicon, money_words
from segkit.core.data.roles.columns import ColumnSummary
from segkit.core.data.roles.money import Money
from segkit.core.data.roles.structure import Structure, agree
from segkit.words.terms import Role

_MEAN = re.compile(
    r"\b(avg|average|mean|median|durchschnitt\w*|moyen\w*|medio|media|gemiddeld\w*|per (order|visit|month)|aov|"
    r"monthly|month|max|min|last|first)\b"
)
_ALL = re.compile(r"\b(total|lifetime|monetary|all|gesamt\w*|sum|summe|spent|revenue|umsatz|net)\b")

_GENERAL = re.compile(r"\b(amount|total|value|revenue|sum|betrag|umsatz|montant|importe|importo|bedrag|eur|usd|gbp|chf)\b")
"""Words that say money of any kind: two columns that share them alone are none of a kind."""

_WHOLE = re.compile(r"\b(historic(al)?|actual|bisher\w*|to date)\b.*\b(value|revenue|spend|spent|clv|ltv|umsatz|wert)\b")


def says_money(name: str) -> bool:
    """Tell whether a name says money that a customer spent, and not a mean, a limit or the like."""
    if _WHOLE.search(lexicon.spaced(name)):
        return True
    return money_words.kind(name)[0] is Role.AMOUNT and not _MEAN.search(lexicon.spaced(name))


def spend_readings(columns: Sequence[ColumnSummary], structure: Structure | None) -> tuple[Money, ...]:
    """Return the readings of what customers spent, the likeliest first.

    Parameters
    ----------
    columns : sequence of ColumnSummary
        Columns whose names say money.
    structure : Structure or None
        What the rows show.
    """
    names = [summary.name for summary in columns]
    if len(names) < 2:
        return tuple(_one(name, 0.85, "the column name suggests money") for name in names)
    if total := _total_of_others(names, structure):
        return (_one(total, 0.95, "it is the sum of the other columns of money"),)
    if _siblings(names):
        return (_sum(names, 0.85),)
    ranked = sorted(names, key=lambda name: -_rank(name))
    alone = [_one(name, 0.8 if _rank(name) > 0 else 0.6, "the column name suggests money spent in total") for name in ranked]
    summed = _sum(names, 0.7 if _rank(ranked[0]) == 0 else 0.5)
    return tuple(sorted([*alone, summed], key=lambda reading: -reading.score))


def _one(name: str, score: float, why: str) -> Money:
    return Money(f"“{name}”", {name: Role.AMOUNT}, score, why)


def _sum(names: Sequence[str], score: float) -> Money:
    return Money(f"the sum of {len(names)} columns", dict.fromkeys(names, Role.AMOUNT), score, "each name suggests money")


def _rank(name: str) -> int:
    return len(set(_ALL.findall(lexicon.spaced(name)))) + money_words.says_net(name)


def _total_of_others(names: Sequence[str], structure: Structure | None) -> str:
    """Return the column that is the sum of all others, or an empty text."""
    if structure is None or any(name not in structure.numbers for name in names):
        return ""
    numbers: Mapping[str, np.ndarray[tuple[int], np.dtype[np.float64]]] = {
        n: np.nan_to_num(structure.numbers[n]) for n in names
    }
    for name in names:
        if agree(numbers[name], np.sum([numbers[n] for n in names if n != name], axis=0)) >= 0.95:
            return name
    return ""


def _siblings(names: Sequence[str]) -> bool:
    """Tell whether names differ in what was bought alone: "MntWines", "MntFruits" … share their first or last word.

    Of many, one in five may be spelled in another way.
    """
    parted = [_GENERAL.sub(" ", lexicon.spaced(name)).split() or [name] for name in names]
    commonest = (Counter(words[end] for words in parted).most_common(1)[0][1] for end in (0, -1))
    return max(commonest) >= 0.8 * len(names)
