"""Which variables form segments found in the data: those that the data suggest, and those that may."""

from collections.abc import Sequence
from dataclasses import dataclass
from weakref import WeakKeyDictionary

import numpy as np

from segkit.core.criteria.found.hanging_together import hanging_together
from segkit.core.criteria.found.said_twice import said_twice
from segkit.core.data.customers import CustomerData, Variable
from segkit.core.data.values import finite
from segkit.words.errors import CriteriaError
from segkit.words.numbers import count, first_few, listed
from segkit.words.terms import FREQUENCY, MONETARY_MEAN, MONETARY_TOTAL, RECENCY_DAYS, Base, FileKind, Grain

MOST_SHARES = 16
"""Most shares of categories (such as the web shop's share of a customer's money) suggested beside RFM."""


LEAST_SPREAD = 0.05
"""Standard deviation of a share below which it hardly differs between customers."""


MOST_SUGGESTED = 8
"""Most variables suggested in all: each further one needs more customers and blurs the others."""


MOST_BY_EVIDENCE = 20
"""Most answers of a survey suggested, and most variables of both kinds of which each is known to tell of the others."""


LEAST_CUSTOMERS = 100
"""Fewer customers do not show which variables hang together."""


MOST_KINDS = 20
"""A category of more kinds than this is not suggested: most of them stand for few customers each."""


@dataclass(frozen=True)
class Suggestion:
    """Variables from which to find segments, and why these: sentences, empty where there was nothing to weigh up."""

    variables: tuple[str, ...]
    why: str = ""


_SUGGESTED: "WeakKeyDictionary[CustomerData, Suggestion]" = WeakKeyDictionary()
"""Suggestions made before: one is asked for many times, and weighing variables takes a second. It goes with its customers."""


def suggest_variables(data: CustomerData) -> tuple[str, ...]:
    """Suggest the variables for segments found in the data (see `suggestion`)."""
    return suggestion(data).variables


def suggestion(data: CustomerData) -> Suggestion:
    """Suggest the variables for segments found in the data, and say why.

    Recency, frequency and money where they exist, and the shares of categories that differ between customers: what and where
    they buy parts them better than RFM alone (both sample businesses: agreement with the planted segments .45 to .65 and .4 to
    .8). Without any of these other behavioural numbers, then survey answers, then whatever numbers and categories there are.

    Where these were numbers only and a file of customers holds kinds of things as well, both kinds are suggested, as far as
    they hang together: on segments planted in six numbers and six categories numbers alone agree with them by .2 to .5, both by
    .7 to .9 (`benchmarks/mixed.py`). Beside orders that is no gain: in both sample businesses latent classes of RFM, shares and
    categories find less again than k-means of RFM and shares.
    """
    if data not in _SUGGESTED:
        _SUGGESTED[data] = _weighed(data, _usual(data))
    return _SUGGESTED[data]


def _usual(data: CustomerData) -> tuple[str, ...]:
    """Suggest by what variables mean, without a look at their values."""
    usable = _usable(data)
    rfm = [v.name for v in usable if v.name in {RECENCY_DAYS, FREQUENCY, MONETARY_TOTAL} and v.numeric]
    if MONETARY_TOTAL not in rfm:
        rfm += [v.name for v in usable if v.name == MONETARY_MEAN]
    if len(rfm) >= 2:
        return (*rfm, *_informative_shares(data, usable))
    chosen = list(rfm)
    pools = (
        [v for v in usable if v.base is Base.BEHAVIOURAL and v.numeric],
        [v for v in usable if v.base is Base.PSYCHOGRAPHIC],
        [v for v in usable if v.numeric],
        usable,
    )
    for pool in pools:
        chosen += [v.name for v in pool if v.name not in chosen]
        if len(chosen) >= 2:
            break
    return tuple(chosen[: MOST_SUGGESTED if pool is not pools[1] else MOST_BY_EVIDENCE])


def _usable(data: CustomerData) -> list[Variable]:
    return [v for v in data.variables if v.usable and v.name in data.customers]


def _weighed(data: CustomerData, usual: tuple[str, ...]) -> Suggestion:
    """Where the usual suggestion passes one of both kinds over, suggest what hangs together of both."""
    if _settled(data, usual):
        return Suggestion(usual)
    candidates = [v for v in _usable(data) if _candidate(data, v)]
    numeric = {v.name for v in candidates if v.numeric}
    kinds = [v for v in candidates if not v.numeric]
    if not kinds or not numeric or {v.name in numeric for v in candidates if v.name in usual} == {True, False}:
        return Suggestion(usual)
    if MONETARY_TOTAL in usual:
        # what is worked out of two others says nothing new
        candidates = [v for v in candidates if v.name != MONETARY_MEAN]
    passed_over = numeric.issuperset(v.name for v in candidates if v.name in usual)
    again = said_twice(data.customers, [v.name for v in candidates])
    asked = tuple(v.name for v in candidates if v.name not in again)
    found = hanging_together(data.customers, asked)
    label = {v.name: f"“{v.label}”" for v in data.variables}
    if numeric.issuperset(found.gains) and passed_over:
        left = [label[v.name] for v in kinds]
        one = "kind of thing" if len(left) == 1 else "kinds of things"
        tells = "tells" if len(left) == 1 else "tell"
        return Suggestion(usual, f"Left out: the {one} {first_few(left)}, which {tells} nothing of the other variables.")
    if not found.gains:
        return Suggestion(usual)
    # attitudes that were asked for stay, whether or not they hang together with the rest
    wanted = [] if passed_over else list(usual)
    best = sorted(set(found.gains).difference(wanted), key=lambda name: (-found.gains[name], name))
    wanted = [*wanted, *best][:MOST_BY_EVIDENCE]
    chosen = tuple(v.name for v in candidates if v.name in wanted)
    noise = tuple(name for name in found.noise if name not in chosen)
    return Suggestion(chosen, _said(chosen, noise, {k: v for k, v in again.items() if k not in chosen}, label))


def _settled(data: CustomerData, usual: tuple[str, ...]) -> bool:
    """Tell whether the usual suggestion stands: there are orders, or attitudes from a survey, which others describe only.

    With few customers nothing shows which variables hang together.
    """
    orders = {RECENCY_DAYS, FREQUENCY, MONETARY_TOTAL, MONETARY_MEAN}
    ordered = data.grain is not Grain.CUSTOMER and len(orders.intersection(usual)) > 1
    survey = bool(data.readings) and data.readings[0].kind is FileKind.SURVEY
    return ordered or survey or len(data.customers) < LEAST_CUSTOMERS


def _candidate(data: CustomerData, variable: Variable) -> bool:
    """Tell whether a variable is worth weighing: no running number, and no category of very many kinds."""
    values = data.customers[variable.name]
    if not variable.numeric:
        return int(values.nunique()) <= MOST_KINDS
    known = finite(values)
    known = known[~np.isnan(known)]
    running = len(np.unique(known)) == len(known) and bool((known % 1 == 0).all()) and np.ptp(known) < 2 * len(known)
    return not running


def _said(chosen: tuple[str, ...], noise: tuple[str, ...], again: dict[str, str], label: dict[str, str]) -> str:
    """Say why these variables are suggested, and why others are not."""
    said = [
        f"Suggested are {count(len(chosen), 'variable')} that hang together: if you know some of them for a customer, you "
        "can guess the others better than by chance, and that is what segments look like."
    ]
    if noise:
        them = "it" if len(noise) == 1 else "them"
        left = first_few([label[v] for v in noise])
        said.append(f"Left out, because knowing the rest does not help to guess {them}: {left}.")
    if again:
        pairs = [f"{label[name]} ({label[other]} does)" for name, other in again.items()]
        said.append(f"Left out, because another variable says it already: {listed(pairs[:5])}.")
    return " ".join(said)


def _informative_shares(data: CustomerData, usable: list[Variable]) -> list[str]:
    """Return the shares of a customer's money or orders that differ most between customers."""
    shares = [v.name for v in usable if v.numeric and v.unit == "share" and v.name.startswith("share_")]
    spreads = {name: float(data.customers[name].std()) for name in shares}
    told = sorted((name for name in shares if spreads[name] >= LEAST_SPREAD), key=lambda name: (-spreads[name], name))
    return told[:MOST_SHARES]


def may_form(data: CustomerData, variables: Sequence[str]) -> None:
    """Check that these variables may form segments, and are not there to describe them only.

    Raises
    ------
    CriteriaError
        If one is a descriptor.
    """
    for v in data.variables:
        # what is the same for all is refused in the preparation, which says so
        if v.name in variables and not v.usable and data.customers[v.name].nunique() > 1:
            raise CriteriaError(
                f"“{v.label}” can only describe segments, not form them: {v.why_not or 'it is a descriptor'}.",
                "Leave it out here; notebook 4 compares the segments by it.",
            )


def descriptors(data: CustomerData, variables: Sequence[str]) -> tuple[str, ...]:
    """Return the variables that only describe segments formed from the given ones: all others."""
    return tuple(v.name for v in data.variables if v.name not in variables)
