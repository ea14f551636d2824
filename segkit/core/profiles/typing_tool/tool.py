"""The fewest questions that tell the segments apart, how often they are right, and the tool made of them."""

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pandas as pd

from segkit.core.criteria.segmentation import Segmentation
from segkit.core.data.customers import CustomerData
from segkit.core.data.values import Codes, level_codes
from segkit.core.disclosure import Told, shares_said, told
from segkit.core.estimators.threads import one_thread
from segkit.core.profiles.typing_tool.card import ScoreCard, score_card
from segkit.core.profiles.typing_tool.held_out import FINE, Outcome, folds, held_out, paper_scale
from segkit.core.profiles.typing_tool.questions import Question, questions
from segkit.core.profiles.typing_tool.search import FEW_ENOUGH, Quick, Subset, shortlists
from segkit.core.profiles.typing_tool.weights import counted, fit, patterns
from segkit.core.statistics import share_interval
from segkit.words.numbers import count
from segkit.words.terms import SEGMENT_ID, SEGMENT_NAME

GOOD_ENOUGH = 0.95
"""Share of customers put right from which no further question is asked."""

NEARLY_BEST = 0.02
"""Where no number of questions is good enough: the fewest that put so little less right than the best."""

LEAST_CUSTOMERS = 100
"""With fewer customers a figure held out says too little."""

MOST_CUSTOMERS = 3_000
"""Of more customers so many are drawn: further ones change no figure that is shown."""

TRIED = 3
"""Subsets of each size judged by the logit, where all are compared."""


MOST_AT_ONCE = 5
"""Questions that somebody answers who has not bought yet."""


@dataclass(frozen=True)
class AtOnce:
    """What can be asked before the first order, and how many that puts right.

    Attributes
    ----------
    questions : tuple of Question
        The best that are not about what somebody bought.
    right, low, high : float
        Share of customers not seen before who are put right, and its 95 % interval.
    """

    questions: tuple[Question, ...]
    right: float
    low: float
    high: float


@dataclass(frozen=True, eq=False)
class TypingTool:
    """What tells a new customer's segment.

    Attributes
    ----------
    card, paper : ScoreCard
        The tool for programs, and the one on paper, with points that are easy to add.
    curve : pandas.DataFrame
        One row for each number of questions: ``questions``, ``right`` (share of customers not seen before who are put into
        their segment, if one is always named), ``low``, ``high`` (95 % interval), ``asked`` (the labels).
    outcome, on_paper : Outcome
        What became of customers not seen before, by each.
    recall : Told
        Index ``segment_id``; columns ``segment_name``, ``right``: in words, the share of the segment's customers, not seen
        before, whose segment is named; None where that cannot be told of so few.
    largest : float
        Share of the largest segment: so many are right without any question.
    at_once : AtOnce or None
        What can be asked before the first order; None where all questions can, or none.
    customers, drawn_from : int
        Customers by whom all this was worked out, and of how many they were drawn.
    """

    card: ScoreCard
    paper: ScoreCard
    curve: pd.DataFrame
    outcome: Outcome
    on_paper: Outcome
    recall: Told
    largest: float
    at_once: AtOnce | None
    customers: int
    drawn_from: int


@dataclass(frozen=True)
class Untold:
    """Why there is no tool."""

    because: str


@dataclass(frozen=True, eq=False)
class OwnRule:
    """Segments that a rule of few questions forms: it is the tool.

    Attributes
    ----------
    labels : tuple of str
        What the rule asks.
    """

    labels: tuple[str, ...]


Found = TypingTool | OwnRule | Untold


@one_thread
def typing_tool(data: CustomerData, segmentation: Segmentation, *, seed: int = 0) -> Found:
    """Return the fewest questions that tell the segments apart.

    Subsets of the segmentation variables and of those that describe are compared by held-out accuracy of a multinomial logit;
    which subsets are worth that, a linear discriminant tells (`segkit.core.profiles.typing_tool.search`). The subsets are
    chosen with other folds than those by which the chosen ones are judged. No figure is of customers whom the tool has seen.

    Parameters
    ----------
    data : CustomerData
        One row a customer.
    segmentation : Segmentation
        The segments.
    seed : int, default 0
        Seed of the folds, and of the draw from many customers.
    """
    if not segmentation.method.found:
        return OwnRule(tuple(data.variable(name).label for name in segmentation.variables))
    segments = tuple(str(s) for s in segmentation.segments.index)
    if len(segments) < 2:
        return Untold("There is only one segment: every customer belongs to it.")
    n = len(data.customers)
    if n < LEAST_CUSTOMERS:
        return Untold(
            f"There are {count(n, 'customer')}. Whether a few questions tell their segments cannot be told below "
            f"{LEAST_CUSTOMERS}."
        )
    asked = questions(data, segmentation.variables)
    if not asked:
        return Untold("There is nothing in these data that one could ask a customer, or look up.")
    rng = np.random.default_rng([seed, 41])
    drawn = np.sort(rng.permutation(n)[:MOST_CUSTOMERS])
    customers = data.customers.iloc[drawn]
    segment = level_codes(segmentation.segment_of.iloc[drawn], segments)
    held, segment = np.unique(segment, return_inverse=True)  # a draw may miss a small segment
    segments = tuple(segments[i] for i in held)
    given = np.column_stack([question.codes(customers[question.variable]) for question in asked])
    choosing, judging = folds(segment, rng), folds(segment, rng)
    # many different customers take the logit long, and part subsets clearly
    tried = TRIED if len(asked) <= FEW_ENOUGH and max(_answers(asked)) == 2 else 1
    best = _best_of_each_size(given, segment, asked, choosing, tried)
    judged = [held_out(given, segment, _answers(asked), subset, judging) for subset in best]
    chosen = _fewest([outcome.guessed_right for outcome in judged])
    subset, outcome = best[chosen], judged[chosen]
    largest = float(np.bincount(segment).max() / len(segment))
    by_luck = _by_luck(given, rng.permutation(segment), asked, judging, len(subset))
    if share_interval(round(outcome.guessed_right * len(segment)), len(segment))[0] <= max(largest, by_luck):
        return Untold(
            "Nothing that one can ask, or look up, tells these segments apart better than calling every customer one of the "
            "largest segment."
        )
    picked = tuple(asked[question] for question in subset)
    distinct, pattern_of = patterns(given[:, list(subset)])
    weights = fit(distinct, counted(pattern_of, segment, len(distinct), len(segments)), _answers(picked))
    return TypingTool(
        card=score_card(picked, segments, weights, FINE),
        paper=score_card(picked, segments, weights, paper_scale(weights)),
        curve=_curve(best, judged, asked),
        outcome=outcome,
        on_paper=held_out(given, segment, _answers(asked), subset, judging, paper=True),
        recall=recall(outcome, segments, segmentation.segments[SEGMENT_NAME]),
        largest=largest,
        at_once=_at_once(given, segment, asked, judging) if any(one.looked_up for one in picked) else None,
        customers=len(segment),
        drawn_from=n,
    )


def _answers(asked: tuple[Question, ...]) -> tuple[int, ...]:
    return tuple(len(question.answers) for question in asked)


def _best_of_each_size(
    given: Codes, segment: Codes, asked: tuple[Question, ...], fold: npt.NDArray[np.intp], tried: int
) -> list[Subset]:
    """Return the best subset of each number of questions; a few close ones are told apart by the logit."""
    quick = Quick(given, segment, _answers(asked), tuple(question.forms for question in asked))
    best = []
    for shortlist in shortlists(quick, len(asked), tried):
        if len(shortlist) == 1:
            best.append(shortlist[0])
            continue
        right = [held_out(given, segment, _answers(asked), subset, fold).guessed_right for subset in shortlist]
        best.append(shortlist[int(np.argmax(right))])
    return best


def _fewest(right: list[float]) -> int:
    """Return the place of the fewest questions that put enough customers right, or nearly as many as any."""
    enough = min(GOOD_ENOUGH, max(right) - NEARLY_BEST)
    return next(i for i, share in enumerate(right) if share >= enough)


def _by_luck(given: Codes, shuffled: Codes, asked: tuple[Question, ...], fold: npt.NDArray[np.intp], size: int) -> float:
    """Return how many the best so many questions would put right if the segments had nothing to do with the answers."""
    *_, last = zip(range(size), _best_of_each_size(given, shuffled, asked, fold, 1), strict=False)
    return held_out(given, shuffled, _answers(asked), last[1], fold).guessed_right


def _at_once(given: Codes, segment: Codes, asked: tuple[Question, ...], fold: npt.NDArray[np.intp]) -> AtOnce | None:
    """Return the best questions that are not about what somebody bought; None where there are none."""
    places = [place for place, question in enumerate(asked) if not question.looked_up]
    if not places:
        return None
    # described or formed by: it makes no difference where nothing else can be asked
    early = tuple(replace(asked[place], forms=True) for place in places)
    *_, last = zip(range(MOST_AT_ONCE), _best_of_each_size(given[:, places], segment, early, fold, 1), strict=False)
    outcome = held_out(given[:, places], segment, _answers(early), last[1], fold)
    low, high = share_interval(round(outcome.guessed_right * len(segment)), len(segment))
    return AtOnce(tuple(asked[places[question]] for question in last[1]), outcome.guessed_right, low, high)


def _curve(best: list[Subset], judged: list[Outcome], asked: tuple[Question, ...]) -> pd.DataFrame:
    rows = []
    for subset, outcome in zip(best, judged, strict=True):
        of = len(outcome.segment)
        low, high = share_interval(round(outcome.guessed_right * of), of)
        labels = ", ".join(asked[question].label for question in subset)
        rows.append((len(subset), outcome.guessed_right, low, high, labels))
    return pd.DataFrame(rows, columns=["questions", "right", "low", "high", "asked"])


def recall(outcome: Outcome, segments: tuple[str, ...], names: pd.Series) -> Told:
    """Return how many customers of each segment are recognised, figures of a handful withheld.

    Parameters
    ----------
    outcome : Outcome
        What became of all customers.
    segments : tuple of str
        Identifiers, in the order of the places in ``outcome``.
    names : pandas.Series
        Name of each segment, index ``segment_id``.
    """
    of = np.bincount(outcome.segment, minlength=len(segments))
    right = np.bincount(outcome.segment[outcome.said == outcome.segment], minlength=len(segments))
    columns = {SEGMENT_NAME: names.loc[list(segments)].tolist(), "right": shares_said(right, of)}
    return told(pd.DataFrame(columns, index=pd.Index(segments, name=SEGMENT_ID)))
