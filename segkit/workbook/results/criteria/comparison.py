"""Ways to split the same customers held against each other, against what was asked for, and against what came later."""

import contextlib
from dataclasses import dataclass

from segkit.core.criteria.comparison import alternatives as others
from segkit.core.criteria.comparison import asked_for as knock_outs
from segkit.core.criteria.comparison.alternatives import Alternatives
from segkit.core.criteria.comparison.asked_for import Met
from segkit.core.criteria.comparison.consequences import Consequences, consequences
from segkit.core.criteria.comparison.holdout import Holdout, bought_since, cut_date, holdout
from segkit.core.criteria.comparison.recommended import Recommended, recommended
from segkit.core.criteria.evidence.how_many import how_many, with_number
from segkit.core.criteria.evidence.verdict import Trust, trust
from segkit.core.criteria.segmentation import Segmentation, segment
from segkit.decisions.goals import Goals
from segkit.words.errors import CriteriaError
from segkit.words.terms import Base, KnockOut, Method
from segkit.workbook.results.criteria.segments import CriteriaResults

OTHER_PAIRS = 10
"""Bootstrap pairs for the segments on another base: enough to compare with, in half the time."""

Ways = dict[str, tuple[Segmentation, Trust]]
"""Title of a way to split → its segments, and how far they may be trusted."""


@dataclass(frozen=True, eq=False)
class ComparisonResults:
    """The ways to split compared, computed when first asked for."""

    criteria: CriteriaResults
    goals: Goals

    @property
    def what_if(self) -> Consequences:
        """What other decisions on the variables would change in the segments found in the data."""
        criteria, data = self.criteria, self.criteria.customer_data
        formed = criteria.formed(criteria.found_method)
        decided = criteria.plain.revise(method=criteria.found_method, n_segments=len(formed.segments))
        return criteria.kept.get("what if", formed, lambda: consequences(data, decided, formed))

    def asked_for(self, method: Method) -> dict[KnockOut, Met]:
        """Hold one way to split against the criteria that were set in notebook 1."""
        formed, goals, data = self.criteria.formed(method), self.goals, self.criteria.customer_data
        rests_on = (formed, goals.knock_outs, goals.smallest_share)
        return self.criteria.kept.get(f"asked for {method}", rests_on, lambda: knock_outs.asked_for(data, formed, goals))

    @property
    def recommended(self) -> Recommended:
        """The way to split that suits the first goal of notebook 1.

        Raises
        ------
        CriteriaError
            If no way forms segments with these data.
        """
        goal = next((goal.reason for goal in self.goals.goals), None)
        criteria = self.criteria
        return recommended(goal, criteria.found_method, criteria.formed, criteria.trust_of, self.asked_for)

    @property
    def ways(self) -> tuple[Ways, dict[str, str]]:
        """Ways to split the same customers, by title: by hand, RFM, found in the data, and found on another base.

        Returns
        -------
        formed : dict
            Title → segments and how far they may be trusted.
        refused : dict
            Title → why there are none.
        """
        criteria = self.criteria
        chosen, found = criteria.chosen.method, criteria.found_method
        formed: Ways = {}
        refused: dict[str, str] = {}
        for method in dict.fromkeys((Method.BY_HAND, Method.RFM, found, chosen)):
            title = method.short
            try:
                formed[title] = criteria.named(method), criteria.trust_of(method)
            except CriteriaError as error:
                refused[title] = str(error)
        taken = formed[title][0].variables if (title := found.short) in formed else ()
        other = others.other_base(criteria.customer_data, criteria.chosen, taken)
        if other is not None:
            base, names = other
            title = f"By {base.plain}"
            try:
                formed[title] = self._on_base(names)
            except CriteriaError as error:
                refused[title] = str(error)
        return formed, refused

    def _on_base(self, names: tuple[str, ...]) -> tuple[Segmentation, Trust]:
        data, criteria = self.criteria.customer_data, others.on_base(self.criteria.plain, names)

        def compute() -> tuple[Segmentation, Trust]:
            found = how_many(data, criteria, pairs=OTHER_PAIRS, seed=criteria.seed)
            formed = segment(data, with_number(data, criteria, found))
            return formed, trust(data, formed, criteria, found, seed=criteria.seed)

        return self.criteria.kept.get("other base", (data, criteria), compute)

    @property
    def other_bases(self) -> tuple[Base, ...]:
        """The bases by which customers could be split otherwise than by the segments found in the data."""
        return tuple(others.other_bases(self.criteria.customer_data, self.criteria.variables))

    @property
    def alternatives(self) -> Alternatives:
        """The ways compared."""
        formed, _ = self.ways
        compute = lambda: others.compare(self.criteria.customer_data, formed)  # noqa: E731
        return self.criteria.kept.get("alternatives", list(formed.values()), compute)

    @property
    def holdouts(self) -> dict[str, Holdout]:
        """For each way that is based on orders, what segments of the first period tell of the next, by title.

        Raises
        ------
        CriteriaError
            If there is not enough history.
        """
        formed, _ = self.ways
        rests_on = (self.criteria.customer_data, [pair[0] for pair in formed.values()])
        return self.criteria.kept.get("holdouts", rests_on, lambda: self._held_out(formed))

    def _held_out(self, formed: Ways) -> dict[str, Holdout]:
        data = self.criteria.customer_data
        first = self.criteria.data.until(cut_date(data))
        bought_since(first, data)  # enough history?
        results = {}
        for title, (segmentation, _) in formed.items():
            criteria = self.criteria.plain.revise(method=segmentation.method)
            if segmentation.method.found:
                criteria = criteria.revise(variables=segmentation.variables, n_segments=len(segmentation.segments))
            with contextlib.suppress(CriteriaError):  # what formed the segments was not known at the time
                results[title] = holdout(first, data, segment(first, criteria), seed=criteria.seed)
        return results
