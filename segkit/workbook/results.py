"""Decisions and data in, results out: the one path for notebooks, command line, tests and reports."""

import contextlib
import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

from segkit.core.criteria import bases as criteria_
from segkit.core.criteria import segmentation as segmentation_
from segkit.core.criteria.bands import level_codes
from segkit.core.criteria.comparison import alternatives as alternatives_
from segkit.core.criteria.comparison import holdout as holdout_
from segkit.core.criteria.comparison import knock_outs
from segkit.core.criteria.comparison.consequences import Consequences, consequences
from segkit.core.criteria.comparison.holdout import Holdout
from segkit.core.criteria.comparison.knock_outs import Met
from segkit.core.criteria.evidence import trust as stability
from segkit.core.criteria.evidence.lineage import Glance, Lines, glance, in_words
from segkit.core.criteria.evidence.trust import HowMany, Trust
from segkit.core.criteria.found import ways
from segkit.core.criteria.rfm import table as rfm_table
from segkit.core.criteria.rfm.rule import MONEY, RfmRule
from segkit.core.criteria.rule_linter import Lint
from segkit.core.criteria.segmentation import Segmentation
from segkit.core.data.customers import CustomerData
from segkit.core.profiles import profile as profiles_
from segkit.core.profiles.profile import ProfileTables
from segkit.core.review import changes as review_
from segkit.core.review.changes import ReviewTables
from segkit.core.targeting import evaluation as targeting
from segkit.core.targeting.evaluation import Evaluation
from segkit.decisions.criteria import Criteria
from segkit.decisions.goals import Goals
from segkit.decisions.profiles import Profiles
from segkit.decisions.targeting import Targeting
from segkit.words.errors import CriteriaError
from segkit.words.terms import SEGMENT_NAME, Base, KnockOut, Method, RfmMoney
from segkit.workbook.kept import Kept

OTHER_PAIRS = 10
"""Bootstrap pairs for the segments on another base: enough to compare with, in half the time."""


@dataclass(frozen=True, eq=False)
class Results:
    """Every result of one workbook, computed when first asked for.

    Attributes
    ----------
    business : str
        Name of the sample, or "own": what a person writes about a segment is filed under it, and never shown for another's.
    data : CustomerData
        The customers, read and cleaned.
    later : callable
        Returns the customers after the later period, or None without one.
    until : callable
        Returns the customers as they were on a day of the past.
    goals, criteria, profiles, targeting
        The decisions that the results rest on.
    kept : Kept
        Results of before, so that a changed decision recomputes only what rests on it.
    """

    business: str
    data: CustomerData
    later: Callable[[], CustomerData | None]
    until: Callable[[dt.date], CustomerData]
    goals: Goals
    criteria: Criteria
    personas: Profiles
    targeting: Targeting
    kept: Kept

    @property
    def plain_criteria(self) -> Criteria:
        """The criteria without the person's reason and the base to compare with, which change no segment."""
        return self.criteria.revise(why="", other_base=None)

    @property
    def bases(self) -> criteria_.BasesOverview:
        """What this business knows by segmentation base."""
        return self.kept.get("bases", self.data, lambda: criteria_.bases(self.data))

    @property
    def found_method(self) -> Method:
        """How segments are found in the data: as chosen, or as the variables suggest."""
        return ways.found_method(self.data, self.plain_criteria)

    @property
    def suggested_method(self) -> tuple[Method, str]:
        """How to look for segments in the variables chosen or suggested, and why."""
        return ways.suggest_method(self.data, self.criteria.variables or criteria_.suggest_variables(self.data))

    @property
    def bases_in_use(self) -> tuple[Base, ...]:
        """Bases of the variables that form the segments found in the data."""
        names = self.criteria.variables or criteria_.suggest_variables(self.data)
        held = {v.base for v in self.data.variables if v.name in names}
        return tuple(base for base in Base if base in held)

    @property
    def how_many(self) -> HowMany:
        """Evidence for each number of segments found in the data."""
        return self._how_many(self.found_method)

    def _how_many(self, method: Method) -> HowMany:
        criteria = self.criteria.used_by(method).revise(n_segments=None)
        compute = lambda: stability.how_many(self.data, criteria, seed=criteria.seed)  # noqa: E731
        return self.kept.get(f"how many {method}", (self.data, criteria), compute)

    def glance(self, k: int | None) -> Glance | None:
        """Return what is known at once of the segments at k (or at the number recommended); None before there is evidence."""
        method = self.found_method
        rests_on = (self.data, self.criteria.used_by(method).revise(n_segments=None))
        found: HowMany | None = self.kept.fresh(f"how many {method}", rests_on)
        if found is None:
            return None
        return glance(found.lineage, min(k or found.recommended, max(found.labels)), self.kept.known("lines"))

    @property
    def what_if(self) -> Consequences:
        """What other decisions on the variables would change in the segments found in the data."""
        formed = self.formed(self.found_method)
        criteria = self.plain_criteria.revise(method=self.found_method, n_segments=len(formed.segments))
        return self.kept.get("what if", formed, lambda: consequences(self.data, criteria, formed))

    @property
    def lines(self) -> Lines:
        """The segments found in the data at every number of segments, under the names of those of the chosen number."""
        found, formed = self.how_many, self.formed(self.found_method)
        if self.criteria.method is self.found_method:
            formed = self.segmentation
        k = self.criteria.n_segments or found.recommended
        k = min(k, max(found.labels))
        compute = lambda: in_words(  # noqa: E731
            found.lineage, k, found.labels[k], level_codes(formed.segment_of, list(formed.segments.index)),
            formed.segments[SEGMENT_NAME].tolist(),
        )  # fmt: skip
        return self.kept.get("lines", (found, formed), compute)

    def formed(self, method: Method) -> Segmentation:
        """Form the segments by one method, under their computed names.

        Raises
        ------
        TooFewCustomersError
            If there are too few customers to segment.
        CriteriaError
            If the criteria form no segments with these data.
        """
        segmentation_.enough(self.data)
        criteria = self.criteria.used_by(method)
        if method.found and criteria.n_segments is None:
            criteria = criteria.revise(n_segments=self._how_many(method).recommended)
        return self.kept.get(f"formed {method}", (self.data, criteria), lambda: segmentation_.segment(self.data, criteria))

    def asked_for(self, method: Method) -> dict[KnockOut, Met]:
        """Hold one way to split against the criteria that were set in notebook 1."""
        formed, goals = self.formed(method), self.goals
        rests_on = (formed, goals.knock_outs, goals.smallest_share)
        return self.kept.get(f"asked for {method}", rests_on, lambda: knock_outs.asked_for(self.data, formed, goals))

    @property
    def rfm_rule(self) -> RfmRule:
        """The fitted RFM rule: its scales and its naming table."""
        rule = self.formed(Method.RFM).rule
        assert isinstance(rule, RfmRule)
        return rule

    @property
    def rfm_checked(self) -> Lint:
        """What the linter says of the naming table."""
        rule = self.rfm_rule
        return self.kept.get("rfm checked", (self.data, rule), lambda: rfm_table.checked(rule, self.data.customers))

    @property
    def rfm_money(self) -> dict[RfmMoney, str]:
        """What can stand for money in RFM, with its column."""
        return {kind: column for kind, (column, _) in MONEY.items() if column in self.data.customers}

    @property
    def filed_under(self) -> str:
        """Where a person's words about the segments of this segmentation are filed."""
        return f"{self.business}/{self.formed(self.criteria.method).key}"

    @property
    def segmentation(self) -> Segmentation:
        """The chosen segmentation, under the names that the person gave."""
        formed = self.formed(self.criteria.method)
        names = {e.segment_id: e.name for e in self.personas.labels if e.segmentation == self.filed_under and e.name}
        return self.kept.get("segmentation", (formed, names), lambda: segmentation_.renamed(formed, names))

    def trust_of(self, method: Method) -> Trust:
        """How far the segments of one method may be trusted."""
        formed = self.formed(method)
        criteria = self.plain_criteria.revise(method=method)
        evidence = self._how_many(method) if method.found else None
        compute = lambda: stability.trust(self.data, formed, criteria, evidence, seed=criteria.seed)  # noqa: E731
        return self.kept.get(f"trust {method}", formed, compute)

    @property
    def trust(self) -> Trust:
        """How far the chosen segments may be trusted."""
        return self.trust_of(self.criteria.method)

    @property
    def ways(self) -> tuple[dict[str, tuple[Segmentation, Trust]], dict[str, str]]:
        """Ways to split the same customers, by title: by hand, RFM, found in the data, and found on another base.

        Returns
        -------
        formed : dict
            Title → segments and how far they may be trusted.
        refused : dict
            Title → why there are none.
        """
        methods = dict.fromkeys((Method.BY_HAND, Method.RFM, self.found_method, self.criteria.method))
        formed, refused = {}, {}
        for method in methods:
            title = method.label.split(":")[0]
            try:
                mine = self.segmentation if method is self.criteria.method else self.formed(method)
                formed[title] = mine, self.trust_of(method)
            except CriteriaError as error:
                refused[title] = str(error)
        taken = formed[title][0].variables if (title := self.found_method.label.split(":")[0]) in formed else ()
        other = alternatives_.other_base(self.data, self.criteria, taken)
        if other is not None:
            base, names = other
            title = f"On another base ({base.value})"
            try:
                formed[title] = self._on_base(names)
            except CriteriaError as error:
                refused[title] = str(error)
        return formed, refused

    def _on_base(self, names: tuple[str, ...]) -> tuple[Segmentation, Trust]:
        criteria = alternatives_.on_base(self.plain_criteria, names)

        def compute() -> tuple[Segmentation, Trust]:
            found = stability.how_many(self.data, criteria, pairs=OTHER_PAIRS, seed=criteria.seed)
            formed = segmentation_.segment(self.data, criteria, found)
            return formed, stability.trust(self.data, formed, criteria, found, seed=criteria.seed)

        return self.kept.get("other base", (self.data, criteria), compute)

    @property
    def alternatives(self) -> alternatives_.Alternatives:
        """The ways compared."""
        formed, _ = self.ways
        compute = lambda: alternatives_.compare(self.data, formed)  # noqa: E731
        return self.kept.get("alternatives", list(formed.values()), compute)

    @property
    def holdouts(self) -> dict[str, Holdout]:
        """For each way that is based on orders, what segments of the first period tell of the next, by title.

        Raises
        ------
        CriteriaError
            If there is not enough history.
        """
        formed, _ = self.ways
        rests_on = (self.data, [pair[0] for pair in formed.values()])
        return self.kept.get("holdouts", rests_on, lambda: self._held_out(formed))

    def _held_out(self, formed: dict[str, tuple[Segmentation, Trust]]) -> dict[str, Holdout]:
        first = self.until(holdout_.cut_date(self.data))
        holdout_.bought_since(first, self.data)  # enough history?
        results = {}
        for title, (segmentation, _) in formed.items():
            criteria = self.plain_criteria.revise(method=segmentation.method)
            if segmentation.method.found:
                criteria = criteria.revise(variables=segmentation.variables, n_segments=len(segmentation.segments))
            with contextlib.suppress(CriteriaError):  # what formed the segments was not known at the time
                results[title] = holdout_.holdout(first, self.data, segmentation_.segment(first, criteria), seed=criteria.seed)
        return results

    @property
    def profiles(self) -> ProfileTables:
        """What each segment is like."""
        segmentation = self.segmentation
        return self.kept.get("profiles", segmentation, lambda: profiles_.profile(self.data, segmentation))

    @property
    def evaluation(self) -> Evaluation:
        """The segments weighed against each other."""
        segmentation, profiles, trust = self.segmentation, self.profiles, self.trust
        goals, rated = self.goals.revise(why=""), self.targeting.revise(why="", plans=())
        filed = self.filed_under
        compute = lambda: targeting.evaluate(  # noqa: E731
            self.data, segmentation, profiles, trust, goals, rated, filed_under=filed
        )
        return self.kept.get("evaluation", (segmentation, goals, rated), compute)

    @property
    def review(self) -> ReviewTables | None:
        """What the later period changed, or None without one."""
        after = self.later()
        if after is None:
            return None
        segmentation = self.segmentation
        return self.kept.get("review", (segmentation, after), lambda: review_.review(self.data, after, segmentation))

    @property
    def customer_list(self) -> pd.DataFrame:
        """Columns ``customer_id``, ``segment_id``, ``segment_name``; one row a customer, in order of ``customer_id``."""
        return targeting.customer_list(self.segmentation)
