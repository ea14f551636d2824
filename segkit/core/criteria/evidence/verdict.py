"""How far to trust a segmentation: natural, reproducible, constructed, or none."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from segkit.core.criteria.by_hand.attributes import Attribute
from segkit.core.criteria.by_hand.rule import fit_by_hand
from segkit.core.criteria.by_hand.thresholds import attribute, cut_points, said_of
from segkit.core.criteria.evidence.against_none import against_none
from segkit.core.criteria.evidence.agreement import adjusted_rand, best_jaccard, cross_table
from segkit.core.criteria.evidence.alike import buy_alike
from segkit.core.criteria.evidence.how_many import PAIRS
from segkit.core.criteria.evidence.recommendation import NATURAL_RAND, NATURAL_SHARE, STABLE, HowMany, structured
from segkit.core.criteria.evidence.refits import CLASS_PAIRS, refits
from segkit.core.criteria.evidence.resampling import Fit, at_once, bootstrap
from segkit.core.criteria.evidence.usefulness import useful
from segkit.core.criteria.evidence.valleys import Borders, borders
from segkit.core.criteria.found.columns import Preparation
from segkit.core.criteria.found.preparation import prepare
from segkit.core.criteria.rfm.rule import fit_rfm
from segkit.core.criteria.segmentation import Segmentation, enough, preparation, settle
from segkit.core.data.customers import CustomerData
from segkit.core.data.values import level_codes
from segkit.core.estimators import weighted_k_means as k_means
from segkit.core.estimators.threads import one_thread
from segkit.decisions.criteria import Band, Criteria, HandSegment
from segkit.words.errors import CriteriaError, TooFewCustomersError
from segkit.words.numbers import number, percent
from segkit.words.terms import MAX_SEGMENTS, SEGMENT_NAME, Banding, Method, Verdict

Doubles = npt.NDArray[np.float64]
Labels = npt.NDArray[np.intp]


@dataclass(frozen=True, eq=False)
class Trust:
    """How far one segmentation may be trusted.

    ``adjusted_rand`` is the median over bootstrap pairs with its quartiles; ``per_segment`` (index ``segment_id``, column
    ``jaccard``) tells how well each segment is found again; ``reason`` says the verdict in a sentence or two.
    For by-hand and RFM segmentations the cut-points are re-drawn on each bootstrap sample where they depend on the data.
    """

    verdict: Verdict
    reason: str
    adjusted_rand: float | None
    adjusted_rand_low: float | None
    adjusted_rand_high: float | None
    per_segment: pd.DataFrame


@one_thread
def trust(
    data: CustomerData, segmentation: Segmentation, criteria: Criteria, how_many: HowMany | None = None, *, seed: int = 0
) -> Trust:
    """Say how far a segmentation may be trusted.

    Parameters
    ----------
    data : CustomerData
        The customers it was made from.
    segmentation : Segmentation
        What `segkit.core.criteria.segmentation.segment` made of them.
    criteria : Criteria
        The criteria it was made by.
    how_many : HowMany, optional
        Evidence gathered on the same variables; spares the work for segments found in the data.
    seed : int, default 0
        Seed of the bootstrap samples.
    """
    ids, names = list(segmentation.segments.index), segmentation.segments[SEGMENT_NAME]
    try:
        enough(data)
    except TooFewCustomersError as error:
        per_segment = pd.DataFrame({"jaccard": np.nan}, index=pd.Index(ids, name="segment_id"))
        return Trust(Verdict.TOO_FEW, str(error), None, None, None, per_segment)
    criteria = settle(data, criteria)
    labels = level_codes(segmentation.segment_of, ids)
    prepared = _prepared(data, segmentation, criteria)
    matrix = prepared.matrix(data.customers)
    by_rule = not segmentation.method.found
    known = None if by_rule or how_many is None else _known(how_many, labels)
    if by_rule:
        agreed, jaccard = _by_rule(data, segmentation, criteria, labels, seed)
    else:
        pairs = CLASS_PAIRS if segmentation.method is Method.LATENT_CLASS else PAIRS
        agreed, jaccard = known or _by_fit(*refits(prepared, data.customers, segmentation.method), labels, pairs, seed)
    per_segment = pd.DataFrame({"jaccard": jaccard}, index=pd.Index(ids, name="segment_id"))
    low, middle, high = (float(q) for q in np.quantile(agreed, (0.25, 0.5, 0.75)))
    table = how_many.table if how_many is not None and not by_rule else _table(prepared, matrix, seed)
    alike = buy_alike(data, segmentation.variables)
    verdict, reason = _verdict(matrix, labels, table, middle, by_rule=by_rule, alike=alike, names=list(names))
    return Trust(verdict, f"{reason}{useful(data, segmentation, verdict)}", middle, low, high, per_segment)


def _table(prepared: Preparation, matrix: Doubles, seed: int) -> pd.DataFrame:
    most = min(MAX_SEGMENTS, len(k_means.distinct_rows(matrix).points))
    blocks = [column.variable for column in prepared.columns]
    return against_none(matrix, list(range(1, most + 1)), seed=seed, blocks=blocks)


def _prepared(data: CustomerData, segmentation: Segmentation, criteria: Criteria) -> Preparation:
    if segmentation.method.found:
        return preparation(data, criteria)
    told = tuple(v for v in segmentation.variables if data.customers[v].nunique() > 1)
    return prepare(data.customers, told, log_skewed=True)


def _known(how_many: HowMany, labels: Labels) -> tuple[Doubles, Doubles] | None:
    """Return what the evidence tells of these segments, if it was gathered on the very same ones."""
    k = int(labels.max()) + 1
    if k not in how_many.labels:
        return None
    crossed = cross_table(labels, how_many.labels[k])
    if crossed.shape != (k, k) or (np.count_nonzero(crossed, axis=1) > 1).any():
        return None
    within = how_many.lineage.segments.loc[k, "within"].to_numpy()
    return how_many.pairs[k].to_numpy(), within[crossed.argmax(axis=1)]


def _by_fit(rows: k_means.Rows, fit: Fit | None, labels: Labels, pairs: int, seed: int) -> tuple[Doubles, Doubles]:
    """Return the index of each bootstrap pair of a method, and how well each segment is found again."""
    k = int(labels.max()) + 1
    mine = np.empty(len(rows.points), dtype=np.intp)
    mine[rows.of_customer] = labels
    again = bootstrap(rows, [k], pairs=pairs, seed=seed, fit=fit, whole={k: mine})
    return again.rand[k].to_numpy(), again.jaccard[k]


def _by_rule(
    data: CustomerData, segmentation: Segmentation, criteria: Criteria, labels: Labels, seed: int
) -> tuple[Doubles, Doubles]:
    """Return the index of each pair of rules with redrawn thresholds, and how well each segment is found again."""
    agreed, jaccards = [], []
    for first, second in _rule_pairs(data, segmentation, criteria, seed):
        agreed.append(adjusted_rand(cross_table(first, second)))
        jaccards += [best_jaccard(cross_table(labels, found)) for found in (first, second)]
    return np.array(agreed), np.mean(jaccards, axis=0)


def _rule_pairs(data: CustomerData, segmentation: Segmentation, criteria: Criteria, seed: int) -> list[tuple[Labels, Labels]]:
    """Return the segments of all customers by two rules whose thresholds are drawn on bootstrap samples, for each pair."""
    frame = data.customers[list(segmentation.variables)]
    said = said_of(data, criteria) if criteria.method is Method.BY_HAND else ()
    ordered = frame.sort_values(list(frame.columns), kind="stable", key=_sortable)

    def one(pair: int) -> tuple[Labels, Labels]:
        rng = np.random.default_rng([seed, 17, pair])
        first, second = (_redrawn(data, ordered, frame, criteria, said, rng) for _ in range(2))
        return first, second

    return at_once(one, range(PAIRS))


def _sortable(values: pd.Series) -> pd.Series:
    return values if pd.api.types.is_numeric_dtype(values) else values.astype("string").fillna("")


def _redrawn(
    data: CustomerData,
    ordered: pd.DataFrame,
    frame: pd.DataFrame,
    criteria: Criteria,
    said: Sequence[HandSegment],
    rng: np.random.Generator,
) -> Labels:
    drawn = ordered.iloc[np.sort(rng.integers(len(ordered), size=len(ordered)))]
    drawn = drawn.set_axis(pd.RangeIndex(len(drawn)))
    try:
        if criteria.method is Method.RFM:
            found = fit_rfm(drawn, criteria.rfm).assign(frame)
        else:
            found = fit_by_hand(drawn, [_band(data, drawn, band) for band in criteria.by_hand], said=said).assign(frame)
    except CriteriaError:
        # a sample that holds one pot only puts everybody into it
        return np.zeros(len(frame), dtype=np.intp)
    return np.asarray(pd.factorize(found, sort=True)[0], dtype=np.intp)


def _band(data: CustomerData, drawn: pd.DataFrame, band: Band) -> Attribute:
    """Return the attribute with thresholds of this sample; own thresholds and levels stay as they are."""
    whole = attribute(data, band)
    if whole.levels or band.banding is Banding.OWN:
        return whole
    return Attribute(whole.variable, whole.label, whole.unit, cuts=cut_points(drawn[band.variable], band))


def _verdict(
    matrix: Doubles,
    labels: Labels,
    table: pd.DataFrame,
    rand: float,
    *,
    by_rule: bool,
    alike: bool,
    names: Sequence[str],
) -> tuple[Verdict, str]:
    """Judge: nothing to find, then valleys between the segments, then whether they are found again."""
    again = f"on repeated samples the agreement is {number(rand, 2)} (1 is perfect, 0 is chance)"
    seen, shares = borders(matrix, labels), np.bincount(labels) / len(labels)
    share = seen.apart(shares)
    # yes/no answers have gaps by themselves: a valley must be deeper than those of customers without segments
    none = table["border_null"]
    deeper = bool(float(seen.crowd @ shares) < none.get(len(shares), none.min()))
    if not structured(table):
        if alike:
            owed = f"That {again} is due to fixed lines, not to groups. " if by_rule and rand >= STABLE else ""
            return Verdict.NONE, (
                "In these variables the customers form one crowd, no more grouped than customers without any "
                "segments would be: "
                f"the {len(shares)} groups are lines drawn through it. {owed}Treat all customers alike, or choose other "
                "variables."
            )
        return Verdict.CONSTRUCTED, (
            "The customers differ in how they buy by far more than chance, but form one crowd without gaps: "
            f"the lines put them in a useful order, and other lines would do as well; {again}."
        )
    if deeper and share >= NATURAL_SHARE and rand >= NATURAL_RAND:
        return Verdict.NATURAL, f"{_who_is_apart(share)} {_between(seen, names)} What is more, {again}."
    if by_rule:
        return Verdict.CONSTRUCTED, (
            f"The lines run through places with customers on both sides: a useful order, not a fact of nature; {again}."
        )
    if rand >= STABLE:
        if share < NATURAL_SHARE:
            how = "touch one another, but the same ones are found again"
        elif not deeper:
            how = "have no gaps beyond those that such answers always have, but the same ones are found again"
        else:
            how = "lie apart, but are found again a little too rarely to be called natural"
        return Verdict.REPRODUCIBLE, f"The segments {how}: {again}. {_between(seen, names)}".rstrip()
    return Verdict.CONSTRUCTED, f"There is some structure, but other lines would do as well: {again}."


def _who_is_apart(share: float) -> str:
    who = "All" if share > 1 - 1e-9 else percent(share)
    return f"{who} of the customers are in segments with a valley on every side."


def _between(seen: Borders, names: Sequence[str]) -> str:
    """Say how many customers stand between the two segments that touch most."""
    if seen.nearest[0] == seen.nearest[1]:
        return ""  # one segment has no border
    one, other = (names[i] for i in seen.nearest)
    return (
        f"Closest to one another are “{one}” and “{other}”: {percent(seen.between)} of their customers are in the middle "
        "half of the way between them (of one crowd cut in two, a quarter or more would)."
    )
