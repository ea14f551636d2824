"""Customers put into segments: by hand, by RFM, or as found in the data; new customers are assigned the same way."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import pandas as pd

from segkit.core.criteria.by_hand.rule import HandRule, fit_by_hand
from segkit.core.criteria.by_hand.thresholds import attribute, said_of, suggest_bands
from segkit.core.criteria.found.columns import Preparation
from segkit.core.criteria.found.rule import FoundRule, fit_found
from segkit.core.criteria.found.tree import Tree, grown
from segkit.core.criteria.found.typical import Labels
from segkit.core.criteria.found.variables import may_form, suggest_variables
from segkit.core.criteria.found.ways import treatment
from segkit.core.criteria.found.why import why
from segkit.core.criteria.notes import Note
from segkit.core.criteria.rfm.rule import RfmRule, fit_rfm
from segkit.core.data.customers import CustomerData, require, value_of
from segkit.core.disclosure import Told, told
from segkit.core.estimators.threads import one_thread
from segkit.decisions.criteria import Criteria
from segkit.decisions.model import fingerprint
from segkit.words.errors import CriteriaError, TooFewCustomersError
from segkit.words.numbers import count
from segkit.words.terms import MIN_CUSTOMERS, SEGMENT_NAME, SMALL_GROUP, Base, Method

LATER: Mapping[Method, tuple[str, ...]] = {
    Method.BY_HAND: (),
    Method.RFM: ("rfm",),
    Method.K_MEANS: ("scaling", "draw_in_outliers", "block_weights"),
    Method.LATENT_CLASS: ("draw_in_outliers",),
    Method.HIERARCHICAL: ("scaling", "draw_in_outliers", "block_weights"),
}
"""Decisions that came to a method later: they are part of the key only where they are not as they came."""


Rule = HandRule | RfmRule | FoundRule
"""A fitted way to put customers into segments."""


@dataclass(frozen=True, eq=False)
class Segmentation:
    """A partition of all customers.

    Attributes
    ----------
    key : str
        Fingerprint of the method and its settings (not of the data): names and personas are filed under it.
    segment_of : pandas.Series
        ``segment_id`` of each customer, index ``customer_id``; total: every customer has exactly one.
    segments : Told
        Index ``segment_id`` in display order (most valuable first; RFM: from best to lost). Columns ``segment_name`` (a
        computed default, unique), ``size`` (customers), ``share`` (0 to 1), ``rule`` (how a customer gets in, in plain words).
        None has fewer than ``SMALL_GROUP`` customers: they stand with the nearest.
    settings : Mapping[str, Any]
        Plain values that reproduce it: thresholds, centres, scaling.
    notes : tuple of Note
        What was done to the data on the way.
    assign : Callable[[pandas.DataFrame], pandas.Series]
        Puts other customers (same columns) into these segments, cut-points and centres as they are.
    why : Callable[[pandas.DataFrame], str]
        Says in words why the customer of a frame of one row belongs where it is put.
    tree : Tree or None
        How the segments of a tree join.
    rule : Rule, optional
        The fitted rule itself.
    """

    key: str
    method: Method
    variables: tuple[str, ...]
    segment_of: pd.Series
    segments: Told
    settings: Mapping[str, Any]
    notes: tuple[Note, ...]
    assign: Callable[[pd.DataFrame], pd.Series]
    why: Callable[[pd.DataFrame], str]
    tree: Tree | None = None
    rule: Rule | None = None


@one_thread
def segment(data: CustomerData, criteria: Criteria) -> Segmentation:
    """Put all customers into segments.

    Parameters
    ----------
    data : CustomerData
        One row a customer.
    criteria : Criteria
        Method and settings; what is left open is suggested by the data. Segments found in the data need their number
        (see `segkit.core.criteria.evidence.how_many.with_number`).

    Raises
    ------
    TooFewCustomersError
        If there are fewer than ``MIN_CUSTOMERS`` customers.
    CriteriaError
        If the criteria cannot form segments with these data.
    """
    enough(data)
    settled = settle(data, criteria)
    if settled.method.found and settled.n_segments is None:
        raise CriteriaError("No number of segments is given.", "Choose a number of segments.")
    return _segmentation(data, settled, fit(data, settled))


def enough(data: CustomerData) -> None:
    """Check that there are customers enough to segment.

    Raises
    ------
    TooFewCustomersError
        If there are fewer than ``MIN_CUSTOMERS``.
    """
    n = len(data.customers)
    if n < MIN_CUSTOMERS:
        raise TooFewCustomersError(
            f"There are {count(n, 'customer')}, too few to segment: below {MIN_CUSTOMERS} any groups would be down to chance.",
            "Get to know each customer by name instead, or come back with more customers.",
        )


def settle(data: CustomerData, criteria: Criteria) -> Criteria:
    """Fill in what the person left open with what the data suggest."""
    if criteria.method is Method.BY_HAND and not criteria.by_hand:
        criteria = criteria.revise(by_hand=suggest_bands(data))
    if criteria.method.found and not criteria.variables:
        criteria = criteria.revise(variables=suggest_variables(data))
    if (criteria.method is Method.BY_HAND and not criteria.by_hand) or (criteria.method.found and not criteria.variables):
        raise CriteriaError(
            "No column in these data tells customers apart.",
            "Bring in data on orders, places or answers, or map the columns in notebook 2.",
        )
    return criteria


def preparation(data: CustomerData, criteria: Criteria) -> Preparation:
    """Return how the variables of segments found in the data enter the comparison."""
    settled = settle(data, criteria)
    require(data, settled.variables)
    may_form(data, settled.variables)
    names = {v.name: v.label for v in data.variables}
    return treatment(data, settled).prepared(data.customers, settled.variables, names, settled.method)


def fit(data: CustomerData, settled: Criteria) -> Rule:
    """Fit the rule of settled criteria: draw thresholds or find centres."""
    if settled.method is Method.BY_HAND:
        attributes = [attribute(data, band) for band in settled.by_hand]
        return fit_by_hand(data.customers, attributes, currency=data.currency, said=said_of(data, settled))
    if settled.method is Method.RFM:
        return fit_rfm(data.customers, settled.rfm, currency=data.currency)
    require(data, settled.variables)
    may_form(data, settled.variables)
    assert settled.n_segments is not None, "criteria that are settled say how many"
    labels = {
        v.name: Labels(v.label, v.unit, v.base is Base.PSYCHOGRAPHIC, _zero_or_one(data.customers[v.name]))
        for v in data.variables
        if v.name in settled.variables
    }
    return fit_found(
        data.customers,
        settled.variables,
        settled.n_segments,
        method=settled.method,
        treatment=treatment(data, settled),
        seed=settled.seed,
        labels=labels,
        value=value_of(data),
        currency=data.currency,
    )


def _segmentation(data: CustomerData, settled: Criteria, rule: Rule) -> Segmentation:
    segment_of = rule.assign(data.customers).rename("segment_id")
    table = rule.segments()
    sizes = segment_of.value_counts()
    if len(sizes) > 1 and sizes.min() < SMALL_GROUP:  # all figures by segment rest on there being none
        raise CriteriaError(
            f"One of the two segments has fewer than {SMALL_GROUP} customers: its figures would be those of single people.",
            "Choose another way to form segments, or other variables or thresholds.",
        )
    table = table.loc[[s for s in table.index if s in sizes.index]]
    table.insert(1, "size", [int(sizes[s]) for s in table.index])
    table.insert(2, "share", table["size"] / len(segment_of))
    if settled.method is Method.BY_HAND:
        value = value_of(data)
        worth = sizes if value is None else value.groupby(segment_of).sum()
        table = table.loc[sorted(table.index, key=lambda s: (-float(worth[s]), s))]
    table.index.name = "segment_id"
    return Segmentation(
        key=_key(settled, rule),
        method=settled.method,
        variables=rule.variables,
        segment_of=segment_of,
        segments=told(table),
        settings=rule.settings(),
        notes=rule.notes,
        assign=rule.assign,
        why=partial(why, rule) if isinstance(rule, FoundRule) else rule.why,
        tree=grown(rule) if isinstance(rule, FoundRule) else None,
        rule=rule,
    )


def _key(settled: Criteria, rule: Rule) -> str:
    dumped = settled.model_dump(mode="json")
    found = ("variables", "n_segments", "log_skewed", "seed")
    used = {
        Method.BY_HAND: ("by_hand",),
        Method.RFM: (),
        Method.K_MEANS: found,
        Method.LATENT_CLASS: found,
        Method.HIERARCHICAL: found,
    }[settled.method]
    counts = {name: dumped[name] for name in used}
    # what is as it came does not count, so that what was written about segments of an earlier version is found again
    as_it_came = Criteria().model_dump(mode="json")
    counts |= {name: dumped[name] for name in LATER[settled.method] if dumped[name] != as_it_came[name]}
    if isinstance(rule, HandRule) and rule.grouping.together:
        counts["together"] = rule.settings()["together"]
    return fingerprint(settled.method.value, counts)


def renamed(segmentation: Segmentation, names: Mapping[str, str]) -> Segmentation:
    """Return the segmentation under the names that a person gave.

    Raises
    ------
    CriteriaError
        If two segments would bear the same name.
    """
    segments = segmentation.segments.copy()
    segments[SEGMENT_NAME] = [names.get(str(i), name) for i, name in zip(segments.index, segments[SEGMENT_NAME], strict=True)]
    twins = segments.loc[segments[SEGMENT_NAME].duplicated(), SEGMENT_NAME]
    if len(twins):
        raise CriteriaError(f"Two segments are called “{twins.iloc[0]}”.", "Give one of them a different name in notebook 4.")

    def under_new_names(row: pd.DataFrame) -> str:
        return in_new_names(segmentation.why(row), segmentation.segments, segments)

    return replace(segmentation, segments=segments, why=under_new_names)


def in_new_names(text: str, before: pd.DataFrame, after: pd.DataFrame) -> str:
    """Return a text that quotes segments by their names of before with those of after; both are tables of the same segments."""
    given = dict(zip(before[SEGMENT_NAME].astype(str), after[SEGMENT_NAME].astype(str), strict=True))
    quoted = re.compile("|".join(re.escape(f"“{name}”") for name in given))
    return quoted.sub(lambda found: f"“{given[found[0][1:-1]]}”", text)


def _zero_or_one(values: pd.Series) -> bool:
    return set(values.dropna().astype("string").unique()) == {"0", "1"}
