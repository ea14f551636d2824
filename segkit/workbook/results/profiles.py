"""Results of notebook 4: what each segment is like."""

from dataclasses import dataclass

from segkit.core.profiles.profile import ProfileTables, profile
from segkit.workbook.results.criteria.segments import CriteriaResults


@dataclass(frozen=True, eq=False)
class ProfileResults:
    """The profiles of the chosen segments."""

    criteria: CriteriaResults

    @property
    def tables(self) -> ProfileTables:
        """What each segment is like."""
        data, segmentation = self.criteria.customer_data, self.criteria.segmentation
        return self.criteria.kept.get("profiles", segmentation, lambda: profile(data, segmentation))
