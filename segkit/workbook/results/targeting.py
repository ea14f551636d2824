"""Results of notebook 5: the segments weighed against each other, and who belongs to each."""

from dataclasses import dataclass

import pandas as pd

from segkit.core.targeting.customer_list import customer_list
from segkit.core.targeting.evaluation import Evaluation, evaluate
from segkit.decisions.goals import Goals
from segkit.decisions.targeting import Targeting
from segkit.workbook.results.criteria.segments import CriteriaResults
from segkit.workbook.results.profiles import ProfileResults


@dataclass(frozen=True, eq=False)
class TargetingResults:
    """The chosen segments as targets."""

    criteria: CriteriaResults
    profiles: ProfileResults
    goals: Goals
    ratings: Targeting

    @property
    def evaluation(self) -> Evaluation:
        """The segments weighed against each other."""
        criteria, data = self.criteria, self.criteria.customer_data
        segmentation, profiles, trust = criteria.segmentation, self.profiles.tables, criteria.trust
        goals, rated = self.goals.revise(why=""), self.ratings.revise(why="", plans=())
        filed = criteria.filed_under
        compute = lambda: evaluate(data, segmentation, profiles, trust, goals, rated, filed_under=filed)  # noqa: E731
        return criteria.kept.get("evaluation", (segmentation, goals, rated), compute)

    @property
    def customer_list(self) -> pd.DataFrame:
        """Columns ``customer_id``, ``segment_id``, ``segment_name``; one row a customer, in order of ``customer_id``."""
        return customer_list(self.criteria.segmentation)
