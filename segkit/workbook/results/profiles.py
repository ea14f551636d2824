"""Results of notebook 4: what each segment is like."""

from dataclasses import dataclass, replace

import pandas as pd

from segkit.core.data.customers import Variable
from segkit.core.goals.today import Today
from segkit.core.profiles.goal import goal_by_segment
from segkit.core.profiles.profile import ProfileTables, profile
from segkit.core.profiles.spread import Spread, spread, spreadable
from segkit.core.profiles.typing_tool.tool import Found, TypingTool, typing_tool
from segkit.words.terms import SEGMENT_NAME
from segkit.workbook.results.criteria.segments import CriteriaResults


@dataclass(frozen=True, eq=False)
class ProfileResults:
    """The profiles of the chosen segments; ``spread_of`` names the variable whose spread the person wants to see."""

    criteria: CriteriaResults
    spread_of: str

    @property
    def tables(self) -> ProfileTables:
        """What each segment is like."""
        data, segmentation = self.criteria.customer_data, self.criteria.segmentation
        return self.criteria.kept.get("profiles", segmentation, lambda: profile(data, segmentation))

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
    def typing_tool(self) -> Found:
        """The fewest questions that tell a new customer's segment, or why there are none."""
        data, mine = self.criteria.customer_data, self.criteria.segmentation
        formed, seed = self.criteria.formed(mine.method), self.criteria.chosen.seed
        found = self.criteria.kept.get("typing tool", (data, formed, seed), lambda: typing_tool(data, formed, seed=seed))
        if not isinstance(found, TypingTool):
            return found
        named = found.recall.assign(**{SEGMENT_NAME: mine.segments.loc[found.recall.index, SEGMENT_NAME]})
        return self.criteria.kept.get("typing tool named", (found, mine), lambda: replace(found, recall=named))
