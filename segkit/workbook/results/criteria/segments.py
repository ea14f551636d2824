"""The segments by each method, the evidence for their number, and how far to trust them."""

from dataclasses import dataclass, replace

from segkit.core.criteria.comparison.one_customer import Example, examples
from segkit.core.criteria.evidence.how_many import how_many
from segkit.core.criteria.evidence.lineage import Glance, Lines, glance, in_words
from segkit.core.criteria.evidence.recommendation import HowMany
from segkit.core.criteria.evidence.verdict import Trust, trust
from segkit.core.criteria.found import ways
from segkit.core.criteria.segmentation import Segmentation, enough, in_new_names, renamed, segment
from segkit.core.data.customers import CustomerData
from segkit.core.data.values import level_codes
from segkit.decisions.criteria import Criteria
from segkit.decisions.profiles import SegmentLabel
from segkit.words.terms import SEGMENT_NAME, Base, Method
from segkit.workbook.kept import Kept
from segkit.workbook.results.data import DataResults


@dataclass(frozen=True, eq=False)
class CriteriaResults:
    """Segments and the evidence for them, computed when first asked for.

    Attributes
    ----------
    data : DataResults
        The customers.
    chosen : Criteria
        The decision of notebook 3.
    labels : tuple of SegmentLabel
        Names that the person gave to segments.
    business : str
        Name of the sample, or "own": what a person writes about a segment is filed under it, and never shown for another's.
    kept : Kept
        Results of before, so that a changed decision recomputes only what rests on it.
    """

    data: DataResults
    chosen: Criteria
    labels: tuple[SegmentLabel, ...]
    business: str
    kept: Kept

    @property
    def customer_data(self) -> CustomerData:
        """The customers whom the segments part."""
        return self.data.customer_data

    @property
    def plain(self) -> Criteria:
        """The criteria without the person's reason and the base to compare with, which change no segment."""
        return self.chosen.revise(why="", other_base=None)

    # Which segments are looked for

    @property
    def variables(self) -> tuple[str, ...]:
        """The variables of segments found in the data: as chosen, or as the data suggest."""
        return self.chosen.variables or self.data.suggested_variables

    @property
    def bases_in_use(self) -> tuple[Base, ...]:
        """Bases of the variables that form the segments found in the data."""
        held = {v.base for v in self.customer_data.variables if v.name in self.variables}
        return tuple(base for base in Base if base in held)

    @property
    def found_method(self) -> Method:
        """How segments are found in the data: as chosen, or as the variables suggest."""
        return ways.found_method(self.customer_data, self.plain)

    @property
    def suggested_method(self) -> tuple[Method, str]:
        """How to look for segments in the variables chosen or suggested, and why."""
        return ways.suggest_method(self.customer_data, self.variables)

    # How many

    @property
    def how_many(self) -> HowMany:
        """Evidence for each number of segments found in the data."""
        return self._how_many(self.found_method)

    def _how_many(self, method: Method) -> HowMany:
        criteria = self.chosen.used_by(method).revise(n_segments=None)
        compute = lambda: how_many(self.customer_data, criteria, seed=criteria.seed)  # noqa: E731
        return self.kept.get(f"how many {method}", (self.customer_data, criteria), compute)

    def glance(self, k: int | None) -> Glance | None:
        """Return what is known at once of the segments at k (or at the number recommended); None before there is evidence."""
        method = self.found_method
        rests_on = (self.customer_data, self.chosen.used_by(method).revise(n_segments=None))
        found: HowMany | None = self.kept.fresh(f"how many {method}", rests_on)
        if found is None:
            return None
        return glance(found.lineage, min(k or found.recommended, max(found.labels)), self.kept.known("lines"))

    @property
    def lines(self) -> Lines:
        """The segments found in the data at every number of segments, under the names of those of the chosen number."""
        found, formed = self.how_many, self.formed(self.found_method)
        if self.chosen.method is self.found_method:
            formed = self.segmentation
        k = min(self.chosen.n_segments or found.recommended, max(found.labels))
        compute = lambda: in_words(  # noqa: E731
            found.lineage, k, found.labels[k], level_codes(formed.segment_of, list(formed.segments.index)),
            formed.segments[SEGMENT_NAME].tolist(),
        )  # fmt: skip
        return self.kept.get("lines", (found, formed), compute)

    # The segments

    def formed(self, method: Method) -> Segmentation:
        """Form the segments by one method, under their computed names.

        Raises
        ------
        TooFewCustomersError
            If there are too few customers to segment.
        CriteriaError
            If the criteria form no segments with these data.
        """
        enough(self.customer_data)
        criteria = self.chosen.used_by(method)
        if method.found and criteria.n_segments is None:
            criteria = criteria.revise(n_segments=self._how_many(method).recommended)
        compute = lambda: segment(self.customer_data, criteria)  # noqa: E731
        return self.kept.get(f"formed {method}", (self.customer_data, criteria), compute)

    @property
    def filed_under(self) -> str:
        """Where a person's words about the segments of this segmentation are filed."""
        return f"{self.business}/{self.formed(self.chosen.method).key}"

    @property
    def segmentation(self) -> Segmentation:
        """The chosen segmentation, under the names that the person gave."""
        formed = self.formed(self.chosen.method)
        names = {e.segment_id: e.name for e in self.labels if e.segmentation == self.filed_under and e.name}
        return self.kept.get("segmentation", (formed, names), lambda: renamed(formed, names))

    def named(self, method: Method) -> Segmentation:
        """Return the segments by one method, under the person's names where it is the chosen one."""
        return self.segmentation if method is self.chosen.method else self.formed(method)

    def trust_of(self, method: Method) -> Trust:
        """How far the segments of one method may be trusted."""
        formed = self.formed(method)
        criteria = self.plain.revise(method=method)
        evidence = self._how_many(method) if method.found else None
        compute = lambda: trust(self.customer_data, formed, criteria, evidence, seed=criteria.seed)  # noqa: E731
        return self.kept.get(f"trust {method}", formed, compute)

    @property
    def trust(self) -> Trust:
        """How far the chosen segments may be trusted."""
        said, formed, mine = self.trust_of(self.chosen.method), self.formed(self.chosen.method), self.segmentation
        compute = lambda: replace(said, reason=in_new_names(said.reason, formed.segments, mine.segments))  # noqa: E731
        return self.kept.get("trust", (said, mine), compute)

    @property
    def examples(self) -> list[Example]:
        """A few customers whom one might ask about: of different segments, and one near a border."""
        data, formed = self.customer_data, self.segmentation
        return self.kept.get("examples", (data, formed), lambda: examples(data, formed))
