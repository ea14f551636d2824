"""Results of notebook 4: what each segment is like."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, replace

import pandas as pd

from segkit.core.data.customers import CustomerData, Variable
from segkit.core.goals.today import Today
from segkit.core.profiles.descriptors import Descriptors, descriptors
from segkit.core.profiles.goal import goal_by_segment
from segkit.core.profiles.lifetime.enough import days_to_look_back, too_few
from segkit.core.profiles.lifetime.held_out import Past, with_what_stays
from segkit.core.profiles.lifetime.models import ModelsBeside, models_beside
from segkit.core.profiles.lifetime.worth import Lifetime, Terms, learn
from segkit.core.profiles.profile import ProfileTables, profile
from segkit.core.profiles.spread import Spread, spread, spreadable
from segkit.core.profiles.typing_tool.tool import Found, TypingTool, typing_tool
from segkit.words.terms import SEGMENT_NAME
from segkit.workbook.results.criteria.segments import CriteriaResults


@dataclass(frozen=True, eq=False)
class ProfileResults:
    """The profiles of the chosen segments.

    Attributes
    ----------
    criteria : CriteriaResults
        The segments.
    spread_of : str
        Name of the variable whose spread the person wants to see.
    terms : Terms
        How far ahead to look for what customers are worth, and what money counts.
    orders_until : callable
        Returns the customers as the orders alone tell them, on a day of the past: far quicker than to read all files again.
    """

    criteria: CriteriaResults
    spread_of: str
    terms: Terms
    orders_until: Callable[[dt.date], CustomerData]

    @property
    def tables(self) -> ProfileTables:
        """What each segment is like."""
        data, segmentation = self.criteria.customer_data, self.criteria.segmentation
        return self.criteria.kept.get("profiles", segmentation, lambda: profile(data, segmentation))

    @property
    def descriptors(self) -> Descriptors:
        """What else tells the segments apart."""
        data, segmentation = self.criteria.customer_data, self.criteria.segmentation
        return self.criteria.kept.get("descriptors", segmentation, lambda: descriptors(data, segmentation))

    def goal(self, today: Today) -> pd.DataFrame:
        """Return today's figure of a goal by segment; see `segkit.core.profiles.goal.goal_by_segment`."""
        formed = self.criteria.segmentation
        return self.criteria.kept.get(f"goal {today.reason}", (formed, today), lambda: goal_by_segment(formed, today))

    @property
    def spreadable(self) -> list[Variable]:
        """The variables whose spread can be shown, money first."""
        return spreadable(self.criteria.customer_data)

    @property
    def spread(self) -> Spread | None:
        """How the chosen variable, or the first that there is, is spread within each segment; None without any number."""
        known = self.spreadable
        if not known:
            return None
        variable = next((v for v in known if v.name == self.spread_of), known[0])
        data, segmentation = self.criteria.customer_data, self.criteria.segmentation
        return self.criteria.kept.get("spread", (segmentation, variable.name), lambda: spread(data, segmentation, variable))

    @property
    def lifetime(self) -> Lifetime | str:
        """What the customers of each segment are worth from today on, or in a sentence why the orders do not tell."""
        past, segmentation, terms = self._past, self.criteria.segmentation, self.terms
        if isinstance(past, str):
            return past
        learned = self.criteria.kept.get("learned", (past, segmentation), lambda: learn(past, segmentation))
        return self.criteria.kept.get("lifetime", (learned, terms), lambda: learned.worth(terms))

    @property
    def lifetime_models(self) -> ModelsBeside | None:
        """The plain way beside the models of buying, each held against what came; None where the orders do not tell."""
        past = self._past
        if isinstance(past, str):
            return None
        return self.criteria.kept.get("lifetime models", past, lambda: models_beside(past))

    @property
    def _past(self) -> Past | str:
        """The files as they were on two days of the past, read once; or why they do not tell what comes next."""
        data = self.criteria.customer_data

        def look_back() -> Past | str:
            days = days_to_look_back(data)
            if isinstance(days, str):
                return days
            first = with_what_stays(self.orders_until(days[1]), data)
            if few := too_few(first, data):
                return f"What customers are worth from today on cannot be told yet. {few} Come back when more time has passed."
            return Past(self.orders_until(days[0]), first, data)

        return self.criteria.kept.get("past", data, look_back)

    @property
    def typing_tool(self) -> Found:
        """The fewest questions that tell a new customer's segment, or why there are none."""
        data, mine = self.criteria.customer_data, self.criteria.segmentation
        formed, seed = self.criteria.formed(mine.method), self.criteria.chosen.seed
        found = self.criteria.kept.get("typing tool", (data, formed, seed), lambda: typing_tool(data, formed, seed=seed))
        if not isinstance(found, TypingTool):
            return found
        named = found.recall.assign(**{SEGMENT_NAME: mine.segments.loc[found.recall.index, SEGMENT_NAME]})
        return self.criteria.kept.get("typing tool named", (found, mine), lambda: replace(found, recall=named))
