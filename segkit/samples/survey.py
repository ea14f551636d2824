"""Draws the answers to a survey: in each segment they differ in degree, never in kind."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

from segkit.samples.business import Drawn, Plan
from segkit.samples.dice import Dice
from segkit.samples.habits import BASELINE_DAYS, date_of
from segkit.samples.tables import DAY, Column

SENT = BASELINE_DAYS - 90
"""2 October 2025."""


@dataclass(frozen=True)
class Survey:
    """What was asked, and how each segment answers.

    Attributes
    ----------
    answered : Mapping[str, float]
        Share of each segment that answers.
    statements : Mapping[str, tuple[str, tuple[float, ...]]]
        Column → the statement, and the mean answer (1 to 5) of each segment in the order of ``answered``.
    """

    answered: Mapping[str, float]
    statements: Mapping[str, tuple[str, tuple[float, ...]]]

    def columns(self, who: str, customer_id: str) -> tuple[Column, ...]:
        """Return the columns of the file, for customers who are called ``who`` and have ids of that form."""
        degrees = "1 (not at all) to 5 (fully); empty: left out"
        return (
            Column("customer_id", f"The {who}'s id.", customer_id),
            Column("answered", "Day of the answer.", DAY),
            *(Column(name, f"“{text}”", degrees) for name, (text, _) in self.statements.items()),
        )


def survey_rows(plan: Plan, survey: Survey, drawn: Drawn) -> list[tuple[str, ...]]:
    """Return the survey of October 2025: answers from 1 (not at all) to 5 (fully), a few statements left out."""
    dice = Dice(plan.seed, "survey")
    rows = []
    for customer in drawn.customers:
        asked = customer.segment in survey.answered and customer.start < SENT and customer.twin_of is None and customer.listed
        if not asked or not dice.chance(survey.answered[customer.segment]):
            continue
        column = list(survey.answered).index(customer.segment)
        mood = dice.normal(0, 0.35)  # Some people agree with everything.
        cells = []
        for _, means in survey.statements.values():
            answer = min(5, max(1, round(dice.normal(means[column] + mood, 1.0))))
            cells.append("" if dice.chance(0.02) else str(answer))
        answered = date_of(SENT + min(60, int(-6 * math.log(1 - dice.uniform()))))
        rows.append((customer.customer_id, answered.isoformat(), *cells))
    return rows
