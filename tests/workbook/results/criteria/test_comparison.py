"""Ways to split held against each other: which ways there are, what each rests on, and what the first period told."""

import datetime as dt
from dataclasses import replace

import pytest

from segkit.decisions.criteria import Criteria
from segkit.decisions.goals import Goals
from segkit.words.errors import CriteriaError
from segkit.words.terms import Base, KnockOut, Method
from segkit.workbook.kept import Kept
from segkit.workbook.results.criteria import comparison as module
from segkit.workbook.results.criteria import segments
from segkit.workbook.results.criteria.comparison import OTHER_PAIRS, ComparisonResults
from segkit.workbook.results.criteria.segments import CriteriaResults
from segkit.workbook.results.data import DataResults
from tests import made_up

NAMES = ("age_years", "frequency")


class Bench:
    """Stands in for what takes long, and writes down what it is asked."""

    def __init__(self, monkeypatch):
        self.data, self.before, self.kept, self.calls = made_up.customer_data(), made_up.customer_data(60), Kept(), []
        self.refused = set()
        for place in (segments, module):
            for name in ("how_many", "segment", "trust"):
                monkeypatch.setattr(place, name, getattr(self, name))
        for name in ("consequences", "holdout", "bought_since"):
            monkeypatch.setattr(module, name, self.noted(name))
        monkeypatch.setattr(module, "cut_date", lambda data: dt.date(2025, 1, 31))
        monkeypatch.setattr(module, "with_number", lambda data, criteria, found: criteria.revise(n_segments=found.recommended))
        monkeypatch.setattr(module.knock_outs, "asked_for", self.noted("asked for"))
        monkeypatch.setattr(module.others, "compare", self.noted("compare"))
        monkeypatch.setattr(module.others, "other_base", lambda *asked: self.calls.append(("other base", *asked)) or self.other)
        self.other = Base.DEMOGRAPHIC, NAMES

    def noted(self, name):
        def call(*arguments, **named):
            self.calls.append((name, *arguments, *named.values()))
            return name, len(self.asked(name))

        return call

    def asked(self, name):
        return [call[1:] for call in self.calls if call[0] == name]

    def how_many(self, data, criteria, **named):
        self.calls.append(("how many", data, criteria, named))
        return made_up.how_many(4)

    def segment(self, data, criteria):
        self.calls.append(("segment", data, criteria))
        if criteria.method in self.refused or criteria.variables in self.refused:
            raise CriteriaError(f"Nothing by {criteria.method}.", "Choose another.")
        found = made_up.segmentation(criteria.n_segments or 3, method=criteria.method)
        return replace(found, variables=criteria.variables or ("recency_days",))

    def trust(self, data, formed, criteria, evidence, *, seed):
        self.calls.append(("trust", data, formed, criteria, evidence, seed))
        return replace(made_up.trust(), reason=f"Of {formed.method}.")

    def results(self, *, goals=None, **criteria):
        chosen = Criteria(
            **({"method": Method.RFM, "found_by": Method.K_MEANS, "variables": ("frequency", "recency_days")} | criteria)
        )
        data = DataResults(self.data, self.until, self.kept)
        return ComparisonResults(CriteriaResults(data, chosen, (), "own", self.kept), goals or Goals())

    def until(self, day):
        assert day == dt.date(2025, 1, 31)
        return self.before


@pytest.fixture
def bench(monkeypatch):
    return Bench(monkeypatch)


def test_the_ways_by_their_titles(bench):
    results = bench.results(seed=5)
    formed, refused = results.ways
    assert list(formed) == ["By hand", "RFM", Method.K_MEANS.short, f"By {Base.DEMOGRAPHIC.plain}"]
    assert refused == {} and [pair[0].method for pair in formed.values()] == [Method.BY_HAND, Method.RFM, *[Method.K_MEANS] * 2]
    assert formed["RFM"] == (results.criteria.segmentation, results.criteria.trust_of(Method.RFM))
    assert formed["By hand"] == (results.criteria.formed(Method.BY_HAND), results.criteria.trust_of(Method.BY_HAND))
    assert bench.asked("other base") == [(bench.data, results.criteria.chosen, ("frequency", "recency_days"))]


def test_a_chosen_way_of_finding_is_named_once_under_the_names_that_a_person_gave(bench):
    results = bench.results(method=Method.HIERARCHICAL)
    formed, _ = results.ways
    assert [pair[0].method for pair in formed.values()][:3] == [Method.BY_HAND, Method.RFM, Method.HIERARCHICAL]
    assert formed[Method.HIERARCHICAL.short][0] is results.criteria.segmentation and len(formed) == 4


def test_a_way_that_forms_nothing_is_said_and_the_others_stand(bench):
    bench.refused = {Method.BY_HAND, Method.K_MEANS}
    formed, refused = bench.results().ways
    assert list(formed) == ["RFM"] and list(refused) == [
        "By hand",
        Method.K_MEANS.short,
        f"By {Base.DEMOGRAPHIC.plain}",
    ]
    assert refused["By hand"].startswith("Nothing by by_hand")
    assert bench.asked("other base")[0][2] == (), "no variable is taken"


def test_without_another_base_there_is_no_such_way(bench):
    bench.other = None
    assert len(bench.results().ways[0]) == 3


def test_segments_on_another_base_are_as_many_as_fewer_pairs_favour(bench):
    results = bench.results(seed=5, n_segments=6)
    formed, _ = results.ways
    ((data, criteria, named),) = (call for call in bench.asked("how many") if call[1].variables == NAMES)
    assert data is bench.data and named == {"pairs": OTHER_PAIRS, "seed": 5} and OTHER_PAIRS == 10
    assert (criteria.method, criteria.n_segments) == (Method.K_MEANS, None)
    segmentation, trusted = formed[f"By {Base.DEMOGRAPHIC.plain}"]
    assert len(segmentation.segments) == 4 and segmentation.variables == NAMES and trusted.reason == "Of k_means."
    ((_, of, asked, evidence, seed),) = (call for call in bench.asked("trust") if call[1] is segmentation)
    assert asked == criteria and evidence.recommended == 4 and seed == 5 and of is segmentation
    calls = len(bench.calls)
    again, _ = bench.results(seed=5, n_segments=6, why="x").ways
    assert again == formed and len(bench.calls) == calls + 1, "only which base it is, is asked again"
    bench.other = Base.GEOGRAPHIC, ("region",)
    bench.results(seed=5, n_segments=6).ways  # noqa: B018
    assert bench.asked("how many")[-1][1].variables == ("region",)


def test_the_ways_are_compared_once(bench):
    results = bench.results()
    assert results.alternatives == bench.results(why="x").alternatives == ("compare", 1)
    ((data, formed),) = bench.asked("compare")
    assert data is bench.data and formed == results.ways[0]
    assert bench.results(n_segments=6).alternatives == ("compare", 2)


def test_what_was_asked_for_is_held_against_each_way(bench):
    results = bench.results()
    assert results.asked_for(Method.RFM) == bench.results(goals=Goals(why="x")).asked_for(Method.RFM) == ("asked for", 1)
    assert bench.asked("asked for") == [(bench.data, results.criteria.formed(Method.RFM), Goals())]
    assert results.asked_for(Method.K_MEANS) == ("asked for", 2) and results.asked_for(Method.RFM) == ("asked for", 1)
    stricter = Goals(smallest_share=0.2)
    assert bench.results(goals=stricter).asked_for(Method.RFM) == ("asked for", 3)
    assert bench.asked("asked for")[-1][2] is stricter
    other = Goals(knock_outs=tuple(KnockOut)[:1])
    assert bench.results(goals=other).asked_for(Method.RFM) == ("asked for", 4)


def test_what_other_decisions_would_change_is_asked_of_found_segments(bench):
    results = bench.results(why="x")
    assert results.what_if == bench.results().what_if == ("consequences", 1)
    ((data, decided, formed),) = bench.asked("consequences")
    assert data is bench.data and formed is results.criteria.formed(Method.K_MEANS)
    assert (decided.method, decided.n_segments, decided.why) == (Method.K_MEANS, 4, "")
    assert bench.results(n_segments=6).what_if == ("consequences", 2) and bench.asked("consequences")[1][1].n_segments == 6


def test_the_first_period_tells_of_the_next_by_each_way(bench):
    results = bench.results(seed=5, n_segments=6)
    found = results.holdouts
    assert list(found) == list(results.ways[0]) and results.holdouts is found
    assert bench.asked("bought_since") == [(bench.before, bench.data)]
    asked = bench.asked("holdout")
    assert all(first is bench.before and data is bench.data and seed == 5 for first, data, _, seed in asked)
    then = [criteria for data, criteria in bench.asked("segment") if data is bench.before]
    assert [(one.method, one.n_segments) for one in then] == [
        (Method.BY_HAND, 6), (Method.RFM, 6), (Method.K_MEANS, 6), (Method.K_MEANS, 4)
    ]  # fmt: skip
    assert [one.variables for one in then[2:]] == [("frequency", "recency_days"), NAMES]


def test_what_was_not_known_at_the_time_is_left_out(bench):
    results = bench.results()
    assert len(results.ways[0]) == 4
    bench.refused = {Method.RFM}
    assert list(results.holdouts) == ["By hand", Method.K_MEANS.short, f"By {Base.DEMOGRAPHIC.plain}"]


def test_too_little_history_is_said(bench, monkeypatch):
    def none(*_):
        raise CriteriaError("Too little history.", "Come back later.")

    monkeypatch.setattr(module, "bought_since", none)
    with pytest.raises(CriteriaError, match="Too little history"):
        bench.results().holdouts  # noqa: B018


def test_other_bases_are_those_that_do_not_form_the_segments(bench):
    assert bench.results().other_bases == (Base.GEOGRAPHIC, Base.DEMOGRAPHIC, Base.BEHAVIOURAL), "money is not taken yet"
    taken = ("frequency", "recency_days", "monetary_total", "age_years")
    assert bench.results(variables=taken).other_bases == (Base.GEOGRAPHIC,)
