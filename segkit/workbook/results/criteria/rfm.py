"""RFM: its scales, its naming table, and what can stand for money."""

from dataclasses import dataclass

from segkit.core.criteria.rfm.rule import MONEY, RfmRule
from segkit.core.criteria.rfm.table import checked
from segkit.core.criteria.rule_linter import Lint
from segkit.words.terms import Method, RfmMoney
from segkit.workbook.results.criteria.segments import CriteriaResults


@dataclass(frozen=True, eq=False)
class RfmResults:
    """The RFM segmentation of one workbook, whether it is the chosen one or not."""

    criteria: CriteriaResults

    @property
    def rule(self) -> RfmRule:
        """The fitted RFM rule: its scales and its naming table."""
        rule = self.criteria.formed(Method.RFM).rule
        assert isinstance(rule, RfmRule)
        return rule

    @property
    def checked(self) -> Lint:
        """What the linter says of the naming table."""
        rule, data = self.rule, self.criteria.customer_data
        return self.criteria.kept.get("rfm checked", (data, rule), lambda: checked(rule, data.customers))

    @property
    def money(self) -> dict[RfmMoney, str]:
        """What can stand for money in RFM, with its column."""
        customers = self.criteria.customer_data.customers
        return {kind: column for kind, (column, _) in MONEY.items() if column in customers}
