"""Results of notebook 6: what a later period changed."""

from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

from segkit.core.data.customers import CustomerData
from segkit.core.review.changes import ReviewTables, review
from segkit.core.review.migration import moved_list
from segkit.words.terms import SEGMENT_NAME
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

    @property
    def customer_list(self) -> pd.DataFrame | None:
        """The customers with their segment of now and of before, or None without a later period."""
        changes = self.changes
        names = self.criteria.segmentation.segments[SEGMENT_NAME].to_dict()
        return None if changes is None else moved_list(changes.moved, names)
