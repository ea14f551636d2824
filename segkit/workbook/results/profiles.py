"""Results of notebook 4: what each segment is like."""

from dataclasses import dataclass

import pandas as pd

from segkit.core.data.customers import Variable
from segkit.core.goals.today import Today
from segkit.core.profiles.descriptors import Descriptors, descriptors
from segkit.core.profiles.goal import goal_by_segment
from segkit.core.profiles.profile import ProfileTables, profile
from segkit.core.profiles.spread import Spread, spread, spreadable
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
