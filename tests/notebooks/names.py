"""Names and rules of segments, read word by word and held against their customers."""

import re

import numpy as np
import pandas as pd

from segkit.words.terms import FREQUENCY, RECENCY_DAYS
from tests.notebooks.truth import Truth

NUMBERS = {
    "low spend": ("monetary_total", False), "high spend": ("monetary_total", True), "seldom": ("frequency", False),
    "frequent": ("frequency", True), "small orders": ("monetary_mean", False), "large orders": ("monetary_mean", True),
    "newer": ("tenure_days", False), "longer-standing": ("tenure_days", True), "more recent": ("recency_days", False),
    "longer ago": ("recency_days", True), "recent": ("recency_days", False), "gone quiet": ("recency_days", True),
}  # fmt: skip

SHARES = re.compile(r"^(mostly|more often|less often|more|less|hardly any|not) (.+)$")

LATELY = re.compile(r"(?<!not )lately|still buy|not long ago|^Recent\b|, recent\b|very recent")
LONG = re.compile(r"for long|long ago|gone quiet|slipping", re.IGNORECASE)


def faults(truth: Truth) -> list[str]:
    """Return what is untrue in the names and rules of all segments."""
    found = []
    for name, where in truth.segments.items():
        if _made(name):
            found += [f"{name}: “{part}” {why}" for part in _parts(name) if (why := _untrue(truth, name, part, where))]
        found += [f"{name}: {why}" for why in _rule(truth, truth.rules[name], where)]
        found += [f"{name}: {why}" for why in _time(truth, f"{name} {truth.rules[name]}", where)]
    return found


def _made(name: str) -> bool:
    """Tell whether the workbook made this name out of words for variables."""
    return all(part in NUMBERS or SHARES.match(part) or part.startswith(("low ", "high ")) for part in _parts(name))


def _parts(name: str) -> list[str]:
    bare = re.sub(r" \([^()]*\d[^()]*\)$", "", name)
    text = re.sub(r"^(\w)", lambda m: m[0].lower(), bare)
    return [part.removeprefix("very ") for part in text.split(", ")]


def _untrue(truth: Truth, name: str, part: str, where: np.ndarray) -> str:
    c = truth.customers
    if part == "gone quiet" and "have not bought for long" in truth.rules[name]:
        return ""  # by RFM it is said of the gap between orders, not of others' means: `_time` holds it
    if part in NUMBERS:
        variable, high = NUMBERS[part]
        if variable not in c:
            return ""
        # a band drawn by hand is high or low beside the others of its own attribute: by the middle customer
        how = "mean" if "on average" in truth.rules[name] else "median"
        mine, all_ = float(c.loc[where, variable].agg(how)), float(c[variable].agg(how))
        return "" if (mine > all_) is high else f"though its mean is {mine:.4g} and that of all {all_:.4g}"
    match = SHARES.match(part)
    if match is None:
        return ""
    how, what = match[1], match[2]
    for mine, all_ in _shares(truth, what, where):
        true = {
            "mostly": mine > 0.5 and mine > all_,
            "more": mine > all_, "more often": mine > all_,
            "less": mine < all_, "less often": mine < all_,
            "hardly any": mine <= 0.05 and mine < all_, "not": mine <= 0.05 and mine < all_,
        }  # fmt: skip
        if true[how]:
            return ""
    return f"though the share is {mine:.1%} and that of all {all_:.1%}" if list(_shares(truth, what, where)) else ""


def _shares(truth: Truth, what: str, where: np.ndarray) -> list[tuple[float, float]]:
    """Return mean share in the segment and in all, of every variable and level that the words may stand for."""
    c, found = truth.customers, []
    start = what.rstrip("…").strip().casefold()
    for name, label in truth.labels.items():
        if name not in c:
            continue
        if pd.api.types.is_numeric_dtype(c[name]):
            if ": " in label and label.rsplit(": ", 1)[1].casefold().startswith(start):
                found.append((float(c.loc[where, name].mean()), float(c[name].mean())))
            continue
        for level in c[name].dropna().unique():
            said = {str(level), f"{label} {level}", f"{level} ({label})"} | ({label} if str(level).casefold() in YES else set())
            if any(text.casefold().startswith(start) for text in said):
                known, mine = c[name].dropna(), c.loc[where, name].dropna()
                found.append((float((mine == level).mean()), float((known == level).mean())))
    return found


YES = {"yes", "y", "true", "1"}


def _rule(truth: Truth, rule: str, where: np.ndarray) -> list[str]:
    """Hold the customers of a segment against the limits that its rule states."""
    c, found = truth.customers[where], []
    if match := re.search(r"last order less than ([\d.,]+) days ago", rule):
        late = float((c[RECENCY_DAYS] >= _number(match[1])).mean())
        found += [f"{late:.0%} ordered longer ago than {match[1]} days"] if late > MERGED else []
    if match := re.search(r"last order ([\d.,]+) days ago or longer", rule):
        soon = float((c[RECENCY_DAYS] < _number(match[1])).mean())
        found += [f"{soon:.0%} ordered less than {match[1]} days ago"] if soon > MERGED else []
    if "bought once" in rule and "more than once" not in rule and FREQUENCY in c:
        found += ["not all bought once"] if float((c[FREQUENCY] > 1).mean()) > MERGED else []
    return found


MERGED = 0.2
"""Share of a segment that may have come from another one too small to stand alone: that is said in a note beside it."""


def _number(text: str) -> float:
    return float(text.replace(",", ""))


def _time(truth: Truth, text: str, where: np.ndarray) -> list[str]:
    """Hold words of time against the gap between orders: that of the segment's regulars, else that of all customers."""
    gap = truth.gap()
    if RECENCY_DAYS not in truth.customers or not (LATELY.search(text) or LONG.search(text)):
        return []
    if gap is None:
        return [f"words of time without a rhythm of orders: {text}"]
    c = truth.customers[where]
    regular = c[c[FREQUENCY] >= 4]
    own = ((regular["tenure_days"] - regular[RECENCY_DAYS]) / (regular[FREQUENCY] - 1)).clip(lower=1)
    gap = float(own.median()) if len(regular) >= 20 else gap
    silent = c[RECENCY_DAYS] / gap
    found = []
    if LATELY.search(text) and float((silent > 2.05).mean()) > MERGED:
        found.append(f"lately, though {float((silent > 2).mean()):.0%} are silent for more than two gaps of {gap:.0f} days")
    if LONG.search(text) and not LATELY.search(text) and float((silent < 1).mean()) > 0.5:
        found.append(f"for long, though {float((silent < 1).mean()):.0%} are silent for less than a gap of {gap:.0f} days")
    return found
