"""The segments of notebook 3: which decision forms them, which evidence they rest on, and what is computed again."""

from dataclasses import replace

import numpy as np
import pytest

from segkit.core.criteria.evidence.lineage import Lines
from segkit.decisions.criteria import Criteria
from segkit.decisions.profiles import SegmentLabel
from segkit.words.errors import TooFewCustomersError
from segkit.words.terms import Base, Method
from segkit.workbook.kept import Kept
from segkit.workbook.results.criteria import segments as module
from segkit.workbook.results.criteria.segments import CriteriaResults
from segkit.workbook.results.data import DataResults
from tests import made_up

FOUND = {"method": Method.K_MEANS, "variables": ("recency_days", "frequency")}


class Bench:
    """Stands in for what takes long: evidence recommends four segments, and each call is written down."""

    def __init__(self, monkeypatch):
        self.data, self.kept, self.calls = made_up.customer_data(600), Kept(), []
        self.evidence = made_up.how_many(4)
        self.names = made_up.NAMES
        for name in ("how_many", "segment", "trust", "examples"):
            monkeypatch.setattr(module, name, getattr(self, name))

    def results(self, *, labels=(), business="own", **criteria):
        chosen = Criteria(**(FOUND | criteria))
        return CriteriaResults(DataResults(self.data, lambda day: self.data, self.kept), chosen, labels, business, self.kept)

    def how_many(self, data, criteria, *, seed):
        self.calls.append(("how many", criteria, seed))
        return replace(self.evidence)

    def segment(self, data, criteria):
        self.calls.append(("segment", criteria))
        return made_up.segmentation(criteria.n_segments or 3, method=criteria.method)

    def trust(self, data, formed, criteria, evidence, *, seed):
        self.calls.append(("trust", formed, criteria, evidence, seed))
        return replace(made_up.trust(), reason=f"“{made_up.NAMES[1]}” comes back less often than “{made_up.NAMES[2]}”.")

    def examples(self, data, formed):
        self.calls.append(("examples", formed))
        return []

    def made(self):
        return [call[0] for call in self.calls]


@pytest.fixture
def bench(monkeypatch):
    return Bench(monkeypatch)


def test_segments_found_in_the_data_are_as_many_as_the_evidence_favours(bench):
    results = bench.results()
    assert len(results.segmentation.segments) == 4 and bench.made() == ["how many", "segment"]
    assert bench.calls[1][1].n_segments == 4
    assert len(bench.results(n_segments=6).segmentation.segments) == 6
    assert bench.made() == ["how many", "segment", "segment"], "a number of one's own asks for no evidence"


def test_a_rule_asks_for_no_evidence(bench):
    results = bench.results(method=Method.RFM)
    assert len(results.segmentation.segments) == 3 and results.trust_of(Method.RFM)
    assert bench.made() == ["segment", "trust"]
    assert bench.calls[1][3] is None and bench.calls[1][2].method is Method.RFM


def test_trust_in_found_segments_rests_on_the_evidence(bench):
    results = bench.results(seed=7, why="x", other_base=Base.GEOGRAPHIC)
    assert results.trust.per_segment is results.trust_of(Method.K_MEANS).per_segment and results.trust is results.trust
    ((_, formed, criteria, evidence, seed),) = (call for call in bench.calls if call[0] == "trust")
    assert evidence is results.how_many and formed is results.formed(Method.K_MEANS) and seed == criteria.seed == 7
    assert (criteria.why, criteria.other_base, criteria.method) == ("", None, Method.K_MEANS)
    assert bench.calls[0] == ("how many", results.chosen.used_by(Method.K_MEANS), 7)


def test_what_changes_no_segment_computes_nothing_again(bench):
    first = bench.results()
    kept = first.segmentation, first.trust, first.how_many, first.examples
    calls = len(bench.calls)
    again = bench.results(why="a reason", other_base=Base.GEOGRAPHIC)
    assert (again.segmentation, again.trust, again.how_many, again.examples) == kept and len(bench.calls) == calls
    assert bench.results(n_segments=6).how_many is first.how_many, "the evidence is that of all numbers"
    assert bench.results(variables=("frequency", "age_years")).how_many is not first.how_many
    bench.data = replace(bench.data)
    assert bench.results().segmentation is not first.segmentation and bench.results().how_many is not first.how_many


def test_two_ways_are_kept_beside_each_other(bench):
    results = bench.results()
    found, rfm = results.formed(Method.K_MEANS), results.formed(Method.RFM)
    assert (results.formed(Method.K_MEANS), results.formed(Method.RFM)) == (found, rfm)
    assert results.trust_of(Method.RFM) is not results.trust_of(Method.K_MEANS)
    assert bench.made().count("segment") == 2 and bench.made().count("trust") == 2


def test_too_few_customers_form_no_segments(bench):
    bench.data = made_up.customer_data(29)
    with pytest.raises(TooFewCustomersError):
        bench.results().formed(Method.RFM)
    assert bench.calls == []


def test_names_of_a_person_stand_in_place_of_the_computed_ones(bench):
    plain = bench.results()
    assert plain.filed_under == "own/00000000"

    def label(filed, name, segment="s2"):
        return SegmentLabel(segmentation=filed, segment_id=segment, name=name)

    labels = (
        label("own/00000000", "Ours"), label("other/00000000", "Theirs", "s1"), label("own/00000000", "", "s3"),
    )  # fmt: skip
    named = bench.results(labels=labels).segmentation.segments["segment_name"]
    assert list(named) == [made_up.NAMES[0], "Ours", *made_up.NAMES[2:4]]
    assert list(bench.results(labels=labels).formed(Method.K_MEANS).segments["segment_name"]) == list(made_up.NAMES[:4])
    assert list(bench.results(labels=labels, business="other").segmentation.segments["segment_name"])[:2] == [
        "Theirs", made_up.NAMES[1],
    ]  # fmt: skip
    assert plain.segmentation.segments["segment_name"].iloc[1] == made_up.NAMES[1]
    assert bench.made().count("segment") == 1


def test_the_verdict_speaks_of_segments_under_their_names(bench):
    own = SegmentLabel(segmentation="own/00000000", segment_id="s2", name=made_up.NAMES[2])
    other = SegmentLabel(segmentation="own/00000000", segment_id="s3", name="Theirs")
    plain, named = bench.results(), bench.results(labels=(own, other))
    assert plain.trust.reason == f"“{made_up.NAMES[1]}” comes back less often than “{made_up.NAMES[2]}”."
    assert named.trust.reason == f"“{made_up.NAMES[2]}” comes back less often than “Theirs”."
    assert plain.trust.reason == f"“{made_up.NAMES[1]}” comes back less often than “{made_up.NAMES[2]}”.", "not kept as renamed"
    assert (named.trust.verdict, bench.made().count("trust")) == (plain.trust.verdict, 1)


def test_variables_and_bases_as_chosen_or_as_suggested(bench):
    chosen = bench.results()
    assert chosen.variables == FOUND["variables"] and chosen.bases_in_use == (Base.BEHAVIOURAL,)
    suggested = bench.results(variables=())
    assert suggested.variables == suggested.data.suggested_variables != ()
    assert chosen.found_method is Method.K_MEANS and chosen.suggested_method[0] is Method.K_MEANS
    assert bench.results(method=Method.RFM, found_by=Method.HIERARCHICAL).found_method is Method.HIERARCHICAL
    assert chosen.customer_data is bench.data


def test_evidence_is_asked_for_without_a_number(bench):
    bench.results(n_segments=6, seed=3).how_many  # noqa: B018
    ((_, criteria, seed),) = bench.calls
    assert criteria.n_segments is None and seed == 3


def test_at_a_glance_nothing_is_computed(bench, monkeypatch):
    seen = []
    monkeypatch.setattr(module, "glance", lambda lineage, k, lines: seen.append((lineage, k, lines)) or "glance")
    results = bench.results()
    assert results.glance(3) is None and bench.calls == []
    found = results.how_many
    assert results.glance(3) == "glance" and seen[-1] == (found.lineage, 3, None)
    results.glance(None)
    results.glance(99)
    assert [k for _, k, _ in seen] == [3, 4, 8], "what is recommended, and at most what there is evidence for"
    lines = results.lines
    results.glance(2)
    assert seen[-1] == (found.lineage, 2, lines)
    assert bench.results(n_segments=6, why="x").glance(5) == "glance"
    assert bench.results(variables=("frequency", "age_years")).glance(3) is None
    bench.data = replace(bench.data)
    assert bench.results().glance(3) is None


@pytest.mark.parametrize(("number", "k"), [(None, 4), (3, 3), (8, 7)])
def test_lines_bear_the_names_of_the_chosen_number(bench, monkeypatch, number, k):
    seen = []
    bench.evidence = replace(bench.evidence, labels={at: of for at, of in bench.evidence.labels.items() if at < 8})

    def in_words(lineage, k, labels, codes, names):
        seen.append((lineage, k, labels, codes, names))
        return Lines.__new__(Lines)

    monkeypatch.setattr(module, "in_words", in_words)
    monkeypatch.setattr(bench, "segment", None)
    monkeypatch.setattr(module, "segment", lambda data, criteria: made_up.segmentation(criteria.n_segments or 3))
    labels = (SegmentLabel(segmentation="own/00000000", segment_id="s1", name="Ours"),)
    results = bench.results(n_segments=number, labels=labels)
    assert results.lines is results.lines
    ((lineage, at, of, codes, names),) = seen
    formed = results.segmentation
    assert lineage is results.how_many.lineage and at == k and of is results.how_many.labels[k]
    assert names == formed.segments["segment_name"].tolist() and names[0] == "Ours"
    assert np.array_equal(codes, [list(formed.segments.index).index(one) for one in formed.segment_of])
    results = bench.results(method=Method.RFM, found_by=Method.K_MEANS, n_segments=number, labels=labels)
    assert results.lines is not None and seen[-1][4][0] == made_up.NAMES[0], "names are given to the chosen segments only"


def test_examples_are_of_the_segments_under_their_names(bench):
    results = bench.results()
    assert results.examples is results.examples and bench.calls[-1] == ("examples", results.segmentation)
