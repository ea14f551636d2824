"""Which way to split suits the goal of notebook 1: a suggestion, with what speaks for it and against it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from segkit.core.criteria.comparison.asked_for import Met
from segkit.core.criteria.evidence.verdict import Trust
from segkit.core.criteria.segmentation import Segmentation
from segkit.words.errors import CriteriaError
from segkit.words.numbers import count
from segkit.words.terms import GoalReason, KnockOut, Method, Verdict

HABITS: Mapping[GoalReason, str] = {
    GoalReason.KEEP: "who is likely to stay shows first in how recently and how often they buy",
    GoalReason.WIN_BACK: "who has gone quiet, and who is worth winning back, shows in when and for how much they bought",
    GoalReason.BUDGET: "where a small budget pays shows first in how recently, how often and for how much people buy",
    GoalReason.SERVICE: "what service a customer pays for shows in how often and for how much they buy",
    GoalReason.FOCUS: "whom not to chase shows in how recently, how often and for how much people buy",
}
"""Goals that turn on how customers buy, and why."""

WANTS: Mapping[GoalReason, str] = {
    GoalReason.GROW_VALUE: "what else somebody might buy shows in what they buy or say now",
    GoalReason.FIND_NEW: "to find more people like your best customers, you must know what these have in common",
    GoalReason.MESSAGE: "the right words depend on what people want, not only on how often they buy",
    GoalReason.CHANNEL: "the right channel depends on what people are like, not only on how often they buy",
    GoalReason.PRODUCT: "a product is made for people who want the same thing",
    GoalReason.PRICE: "an offer fits people who want the same thing",
    GoalReason.NICHE: "a niche is a group who want something that others do not",
}
"""Goals that turn on what customers want or are, and why."""

FOUND = frozenset({Verdict.NATURAL, Verdict.REPRODUCIBLE})
"""Verdicts with which segments found in the data are worth suggesting."""


@dataclass(frozen=True, eq=False)
class Recommended:
    """A way to split that suits the goal.

    Attributes
    ----------
    method : Method
        The way.
    why : str
        What speaks for it, in a sentence that names the goal.
    mind : str
        How sure that is, and what speaks against it.
    """

    method: Method
    why: str
    mind: str


def recommended(
    goal: GoalReason | None,
    found: Method,
    formed: Callable[[Method], Segmentation],
    trust: Callable[[Method], Trust],
    kept_to: Callable[[Method], Mapping[KnockOut, Met]],
) -> Recommended:
    """Suggest a way to split: RFM for goals that turn on how customers buy, else segments found in the data if there are any.

    Parameters
    ----------
    goal : GoalReason or None
        The first goal of notebook 1.
    found : Method
        How segments are found in the data.
    formed, trust, kept_to : callable
        The segments of a way, how far to trust them, and which of the person's criteria they meet; asked for only where needed.

    Raises
    ------
    CriteriaError
        If no way forms segments with these data.
    """
    wants = goal in WANTS
    why = WANTS.get(goal, "") or HABITS.get(goal, "") if goal else ""
    lead = f"For your goal “{goal.label}” we suggest" if goal else "Notebook 1 names no goal yet. Most people start with"
    none_found = ""
    for method in (found, Method.RFM, Method.BY_HAND) if wants else (Method.RFM, found, Method.BY_HAND):
        try:
            segments = formed(method).segments
        except CriteriaError:  # such as RFM without orders: said where this way is shown
            continue
        if method.found:
            verdict = trust(method).verdict
            if verdict not in FOUND:
                none_found = " We looked for groups in the data as well, and found none that come back when the sample changes."
                continue
            sure = f"How sure: {verdict.meaning}."
        else:
            sure = "The lines between these segments are drawn by a rule, not found in the data: other lines would do as well."
        suits = (method is found) is wants
        because = f": {why}" if why and suits else ""
        said = f"{lead} {_NAMED.get(method, 'the segments found in the data')}, {count(len(segments), 'segment')}{because}."
        if why and not suits and not none_found:
            said += " Your data do not hold what would suit this goal better."
        return Recommended(method, said, f"{sure}{none_found}{_missed(kept_to(method))}")
    raise CriteriaError(
        "None of the ways can form segments from these data.",
        "Under each way below you can see what it lacks, or treat all customers alike.",
    )


_NAMED = {
    Method.RFM: "RFM (how recently, how often and for how much customers buy)",
    Method.BY_HAND: "to split by hand, by the two attributes that tell you most",
}


def _missed(met: Mapping[KnockOut, Met]) -> str:
    """Say which of the criteria of notebook 1 the segments miss."""
    missed = [one.why for one in met.values() if one.met is False]
    return f" Of what you asked for in notebook 1 it misses: {' '.join(missed)}" if missed else ""
