"""Results of notebook 2: the customers, and what the business knows of them."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from segkit.core.criteria.bases import BasesOverview, bases
from segkit.core.criteria.found.variables import Suggestion, suggestion
from segkit.core.data.customers import CustomerData
from segkit.core.data.sufficiency import Sufficiency, sufficiency
from segkit.workbook.kept import Kept


@dataclass(frozen=True, eq=False)
class DataResults:
    """The customers of one workbook.

    Attributes
    ----------
    customer_data : CustomerData
        The customers, read and cleaned.
    until : callable
        Returns the customers as they were on a day of the past.
    kept : Kept
        Results of before.
    """

    customer_data: CustomerData
    until: Callable[[dt.date], CustomerData]
    kept: Kept

    @property
    def bases(self) -> BasesOverview:
        """What this business knows by segmentation base."""
        return self.kept.get("bases", self.customer_data, lambda: bases(self.customer_data))

    @property
    def variable_options(self) -> list[tuple[str, str]]:
        """Label and name of each variable that may form segments."""
        return [(v.label, v.name) for v in self.customer_data.variables if v.usable]

    @property
    def suggested_variables(self) -> tuple[str, ...]:
        """The variables from which the data suggest to find segments."""
        return self.suggestion.variables

    @property
    def suggestion(self) -> Suggestion:
        """The same with the reason."""
        return suggestion(self.customer_data)

    @property
    def sufficiency(self) -> tuple[Sufficiency, ...]:
        """Whether the data are enough, way by way of forming segments."""
        return sufficiency(self.customer_data, len(self.suggested_variables))
