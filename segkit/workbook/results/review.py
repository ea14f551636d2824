"""Results of notebook 6: what a later period changed."""

from collections.abc import Callable
from dataclasses import dataclass

from segkit.core.data.customers import CustomerData
from segkit.core.review.changes import ReviewTables, review
from segkit.workbook.results.criteria.segments import CriteriaResults


@dataclass(frozen=True, eq=False)
class ReviewResults:
    """The chosen segments at a later date; ``later`` returns the customers after the later period, or None without one."""

    criteria: CriteriaResults
    later: Callable[[], CustomerData | None]

    @property
    def changes(self) -> ReviewTables | None:
        """What the later period changed, or None without one."""
        after = self.later()
        if after is None:
            return None
        data, segmentation = self.criteria.customer_data, self.criteria.segmentation
        return self.criteria.kept.get("review", (segmentation, after), lambda: review(data, after, segmentation))
