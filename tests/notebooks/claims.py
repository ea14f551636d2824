"""Sentences held against the truth: each figure must be one of whom it speaks of, each word for a share must hold."""

import re
from collections.abc import Callable, Iterable

import numpy as np
import pandas as pd

from segkit.words.terms import FREQUENCY, MONETARY_TOTAL, RECENCY_DAYS
from tests.notebooks.names import faults
from tests.notebooks.sentences import Read, Said, amount, figures
from tests.notebooks.truth import CONSTANT, Truth

Check = Callable[[Truth, "re.Match[str]"], str]

FOLLOWS = ("On average they", "What sets them apart")
"""How a sentence begins that goes on speaking of the segment of the sentence before."""


def contradictions(shown: Read, truth: Truth) -> list[str]:
    """Return what notebooks say that something contradicts, each with what does."""
    return [*faults(truth), *shares_that_do_not_add_up(shown), *_of_sentences(shown.sentences, truth)]


def _of_sentences(said: Iterable[Said], truth: Truth) -> list[str]:
    found, speaker = [], ""
    for one in said:
        names = truth.named_in(one.text)
        speaker = names[0] if names and one.text.startswith(names[0]) else speaker if one.text.startswith(FOLLOWS) else ""
        spoken = names or ([speaker] if speaker else [])
        bare = one.text
        for name in names:
            bare = bare.replace(f"“{name}”", " ").replace(f"{name}:", " ")
        bare = CONSTANT.sub(" ", bare)
        if not spoken and ("personas" in one.piece or one.piece == "report"):
            spoken = list(truth.of_name)  # a card says its name in its title
        true = [*truth.known, *(v for name in spoken for v in truth.of_name[name])]
        if speaker and len(spoken) == 1:
            true = truth.of_name[speaker]  # a whole sentence about one segment: nothing else counts
        if one.text.startswith("Furthest from average"):
            true = [*true, *(v for name in spoken for v in truth.indexes(name))]
        found += [
            f"{one.piece} | {one.text} | {figure} is no figure of {' or '.join(spoken) or 'this business'}"
            for figure in figures(bare)
            if not truth.holds(figure, true)
        ]
        for words, check in CLAIMS:
            found += [f"{one.piece} | {one.text} | {why}" for claim in words.finditer(one.text) if (why := check(truth, claim))]
    return found


def shares_that_do_not_add_up(shown: Read) -> list[str]:
    """Return columns of shares of one whole, in tables of segments, that add up to something else than it."""
    found = []
    for header, *rows in (table for table in shown.tables if table):
        if header[0] != "Segment" or any(len(row) != len(header) for row in rows):
            continue
        for place, title in enumerate(header):
            cells = [row[place] for row in rows]
            if title in ("Share of customers", "Share of money") and all(cell.endswith(" %") for cell in cells):
                total, tiny = sum(amount(cell)[0] for cell in cells), sum("." in cell for cell in cells)
                found += [f"{title}: {', '.join(cells)}"] if abs(total - 1) > 0.001 + 0.01 * tiny else []
    return found


def _most(truth: Truth, name: str, of: Callable[[np.ndarray], float], what: str) -> str:
    group = next((names for names in truth.together if name in names), [])
    best = max((of(truth.segments[one]) for one in group), default=0.0)
    return "" if not group or of(truth.segments[name]) >= best * 0.9999 else f"“{name}” has not {what}"


def _largest(truth: Truth, claim: re.Match[str]) -> str:
    return _most(truth, claim[1], lambda where: float(where.sum()), "most customers")


def _richest(truth: Truth, claim: re.Match[str]) -> str:
    return _most(truth, claim[1], lambda where: float(truth.customers.loc[where, MONETARY_TOTAL].sum()), "most of the money")


def _highest(truth: Truth, claim: re.Match[str]) -> str:
    variable = truth.variable(claim[1])
    if variable is None:
        return ""
    return _most(truth, claim[2], lambda where: float(truth.customers.loc[where, variable].mean()), f"the highest {claim[1]}")


def _typical(truth: Truth, claim: re.Match[str]) -> str:
    """Hold the typical customer, drawn from a few in the middle, and how many of the others have more, against all values."""
    how, other, first, said = claim.groups()
    value = amount(figures(said)[0])[0]
    for name in truth.customers.select_dtypes("number"):
        # the middle is that of five customers or six, which of few customers reaches far
        aside = 0.1 if truth.segments[first].sum() >= 50 else 0.35
        low, high = truth.customers.loc[truth.segments[first], name].quantile([0.5 - aside, 0.5 + aside])
        if not low - 0.01 <= value <= high + 0.01:
            continue
        share = float((truth.customers.loc[truth.segments[other], name].dropna() > value).mean())
        low, high = {"none": (0, 0.02), "hardly any": (0, 0.25), "some": (0, 1), "nearly all": (0.75, 1), "all": (0.98, 1)}.get(
            how, (share, share)
        )
        if how.endswith("%"):
            low, high = amount(how)[0] - 0.02, amount(how)[0] + 0.02
        if low <= share <= high:
            return ""
    return f"no variable of “{first}” has this middle and “{other}” this share above it"


def _cell(truth: Truth, claim: re.Match[str]) -> str:
    """Hold the richest cell of the map of recency and frequency against the customers in it."""
    mean, size = amount(figures(claim[1])[0]), int(amount(claim[2])[0])
    c = truth.customers
    inside = _within(c[FREQUENCY], claim[3]) & _within(c[RECENCY_DAYS], claim[4])
    true = float(c.loc[inside, MONETARY_TOTAL].mean())
    fits = int(inside.sum()) == size and abs(true - mean[0]) <= mean[1] * 1.001
    return "" if fits else f"there are {int(inside.sum())} with {true:,.2f}"


def _within(values: pd.Series, said: str) -> pd.Series:
    """Return who lies in a band as it is written: "3", "3–5" or "6 or more"."""
    if said.endswith(" or more"):
        return values >= amount(said.removesuffix(" or more"))[0]
    low, _, high = said.partition("–")
    return values.between(amount(low)[0], amount(high or low)[0])


def _missing(truth: Truth, claim: re.Match[str]) -> str:
    variable, lacking = truth.variable(claim[1]), truth.customers.isna().mean()
    return "" if variable is None or lacking[variable] >= lacking.max() - 1e-9 else f"more lack {lacking.idxmax()}"


def _called(truth: Truth, claim: re.Match[str]) -> str:
    """A segment that is said to be found, targeted or attractive is one that there is."""
    return "" if claim[1] in truth.segments else f"there is no segment “{claim[1]}”"


def _is(true: Callable[[Truth], Iterable[float | None]]) -> Check:
    """Return the check that the figures of a claim are these, in this order."""

    def check(truth: Truth, claim: re.Match[str]) -> str:
        pairs = list(zip(claim.groups(), true(truth), strict=True))
        wrong = [f"{said} is {one}" for said, one in pairs if one is None or not truth.holds(said, [one])]
        return " and ".join(wrong)

    return check


def _once(truth: Truth) -> list[float]:
    return [float((truth.customers[FREQUENCY] <= 1).mean()), len(truth.customers)]


def _worth_most(truth: Truth, claim: re.Match[str]) -> str:
    """Hold the segment that is said to be worth most from today on, and the next, against the worth of all."""
    first, second = claim[1], claim[2]
    others = [worth for name, worth in truth.worth.items() if name not in (first, second) and worth == worth]
    held = [*(truth.worth.get(name, float("nan")) for name in (first, second)), max(others, default=0.0)]
    return "" if held[0] >= held[1] >= held[2] else f"“{first}” and “{second}” are not worth most"


def _typed(truth: Truth, claim: re.Match[str]) -> str:
    """Hold how many the questions put right, and the largest segment would, against a logit with folds of its own."""
    questions, right, largest = (int(text) for text in claim.groups())
    true, asked = truth.typed(truth.tool.card.questions)
    most = 100 * float(truth.chosen.value_counts(normalize=True).max())
    fits = asked == questions and abs(true - right) <= 2 and abs(most - largest) <= 1
    return "" if fits else f"{asked} questions put {true:.1f} right, the largest segment {most:.1f}"


def _at_once(truth: Truth, claim: re.Match[str]) -> str:
    true, _ = truth.typed(truth.tool.at_once.questions)
    return "" if abs(true - int(claim[1])) <= 2 else f"{true:.1f} of 100 are"


def _of_one_hundred(_: Truth, claim: re.Match[str]) -> str:
    return "" if sum(map(int, claim.groups())) == 100 else "these are not 100"


CLAIMS: list[tuple[re.Pattern[str], Check]] = [
    (re.compile(r"order about every ([\d,]+) days?"), _is(lambda truth: [truth.gap()])),
    (re.compile(r"best (20 %) of [\d,]+ customers bring (.+? %) of .* money comes from (.+? %)"), _is(Truth.concentration)),
    (re.compile(r"([\d.]+ %) of ([\d,]+) customers bought once"), _is(_once)),
    (re.compile(r"the largest is “([^”]+)”"), _largest),
    (re.compile(r"most money, [\d.]+ %, comes from “([^”]+)”"), _richest),
    (re.compile(r"^(.+) is highest in “([^”]+)”"), _highest),
    (re.compile(r": ([\w ]+?|\d+ %) of “([^”]+)” have more than the typical customer of “([^”]+)” \(([^)]+)\)"), _typical),
    (
        re.compile(
            r"The highest average spend, (.+?) per customer, is that of the ([\d,]+) with (.+?) orders? "
            r"whose last order is (.+?) days? ago"
        ),
        _cell,
    ),
    (re.compile(r"^(.+) is missing most often"), _missing),
    (re.compile(r"(\d+) questions? puts? (\d+) of 100 .*? right for (\d+) of 100"), _typed),
    (re.compile(r"before the first order \(.*?\) puts (\d+) of 100"), _at_once),
    (re.compile(r"(\d+) are named rightly, (\d+) wrongly, and of (\d+) it is unsure"), _of_one_hundred),
    (re.compile(r"“([^”]+)” is the most attractive segment"), _called),
    (re.compile(r"a customer of “([^”]+)” is worth most: [^“]+; next comes “([^”]+)”"), _worth_most),
]
"""Words for a share or a first place, and what holds them against the customers."""
