"""What each step's results rest on: computed when asked for, kept while nothing changes that they rest on."""

from dataclasses import replace

import pytest

from segkit.core.criteria.rfm.rule import RfmRule
from segkit.decisions.criteria import Criteria
from segkit.decisions.goals import Goals
from segkit.decisions.profiles import Profiles, SegmentLabel
from segkit.decisions.targeting import Plan, SegmentRating, Targeting
from segkit.words.terms import Base, Method, RfmMoney
from segkit.workbook.kept import Kept
from segkit.workbook.results import profiles as of_profiles
from segkit.workbook.results import review as of_review
from segkit.workbook.results import targeting as of_targeting
from segkit.workbook.results.by_step import Results
from segkit.workbook.results.criteria import rfm as of_rfm
from tests import made_up


class Bench:
    """Results of customers made up once; whatever is decided, RFM segments are the chosen ones unless said otherwise."""

    def __init__(self):
        self.data, self.kept, self.after = made_up.customer_data(150), Kept(), None

    def results(self, *, goals=None, personas=None, ratings=None, business="own", **criteria):
        chosen = Criteria(**({"method": Method.RFM} | criteria))
        return Results.of(
            self.data,
            until=lambda day: (self.data, day),
            later=lambda: self.after,
            with_later=lambda day: None,
            goals=goals or Goals(),
            criteria=chosen,
            personas=personas or Profiles(),
            ratings=ratings or Targeting(),
            business=business,
            kept=self.kept,
        )


@pytest.fixture
def bench():
    return Bench()


@pytest.fixture
def counted(monkeypatch):
    """Count how often a function of the core is called, and answer with what it is called with."""

    def count(module, name):
        calls = []

        def call(*arguments, **named):
            calls.append((*arguments, *named.values()))
            return (name, len(calls))

        monkeypatch.setattr(module, name, call)
        return calls

    return count


def test_each_step_gets_the_decisions_that_it_rests_on(bench):
    labels = (SegmentLabel(segmentation="x", segment_id="s1", name="Best"),)
    goals, ratings = Goals(why="grow"), Targeting(why="because")
    results = bench.results(
        goals=goals, ratings=ratings, personas=Profiles(labels=labels, spread_of="age_years"), business="mine", why="so"
    )
    assert results.data.customer_data is results.criteria.customer_data is bench.data
    assert results.data.until("a day") == (bench.data, "a day") and results.data.kept is results.criteria.kept is bench.kept
    assert (results.criteria.labels, results.criteria.business, results.criteria.chosen.why) == (labels, "mine", "so")
    assert results.profiles.spread_of == "age_years" and results.profiles.criteria is results.criteria
    assert (results.comparison.goals, results.targeting.goals, results.targeting.ratings) == (goals, goals, ratings)
    assert results.targeting.profiles is results.profiles and results.review.changes is None
    assert results.rfm.criteria is results.comparison.criteria is results.targeting.criteria is results.criteria


def test_the_data_of_notebook_2(bench):
    results = bench.results()
    options = results.data.variable_options
    assert ("Orders", "frequency") in options and "survey_quality" not in dict((b, a) for a, b in options)
    assert results.data.bases is bench.results().data.bases, "kept"
    assert set(results.data.suggested_variables) <= {name for _, name in options}
    assert results.data.sufficiency
    bench.data = replace(bench.data)
    assert results.data.bases is not bench.results().data.bases


def test_profiles_are_kept_until_the_segments_change(bench, counted):
    calls = counted(of_profiles, "profile")
    assert bench.results().profiles.tables == bench.results(why="a reason").profiles.tables == ("profile", 1)
    data, segmentation = calls[0]
    assert data is bench.data and segmentation is bench.results().criteria.segmentation
    assert bench.results(rfm={"money": RfmMoney.TOTAL, "recency": [30, 90]}).profiles.tables == ("profile", 2)


@pytest.mark.parametrize(
    ("wanted", "shown"), [("age_years", "age_years"), ("", "monetary_total"), ("region", "monetary_total")]
)
def test_the_spread_of_the_variable_wanted_or_of_money(bench, counted, wanted, shown):
    calls = counted(of_profiles, "spread")
    results = bench.results(personas=Profiles(spread_of=wanted))
    assert results.profiles.spread == results.profiles.spread == ("spread", 1)
    data, segmentation, variable = calls[0]
    assert variable.name == shown and data is bench.data and segmentation is results.criteria.segmentation
    assert results.profiles.spreadable[0].name == "monetary_total"
    bench.results(personas=Profiles(spread_of="frequency")).profiles.spread  # noqa: B018
    assert [call[2].name for call in calls] == [shown, "frequency"]


def test_without_any_number_nothing_is_spread(bench):
    bench.data = replace(bench.data, variables=())
    assert bench.results().profiles.spread is None


def test_the_review_compares_with_the_later_period(bench, counted):
    calls = counted(of_review, "review")
    assert bench.results().review.changes is None and calls == []
    bench.after = made_up.customer_data(150, seed=1)
    results = bench.results()
    assert results.review.changes == results.review.changes == ("review", 1)
    assert calls == [(bench.data, bench.after, results.criteria.segmentation)]
    bench.after = replace(bench.after)
    assert bench.results().review.changes == ("review", 2)


def test_segments_are_weighed_anew_only_where_goals_or_ratings_changed(bench, counted, monkeypatch):
    calls = counted(of_targeting, "evaluate")
    monkeypatch.setattr(of_profiles, "profile", lambda *_: "tables")
    results = bench.results()
    key = results.criteria.segmentation.key
    monkeypatch.setattr("segkit.workbook.results.criteria.segments.trust", lambda *_, **__: made_up.trust())
    assert results.targeting.evaluation == ("evaluate", 1)
    formed, trust = results.criteria.segmentation, results.criteria.trust
    assert calls[0] == (bench.data, formed, "tables", trust, Goals(), Targeting(), f"own/{key}")
    plan = Plan(segmentation="x", segment_id="s1")
    same = bench.results(goals=Goals(why="so"), ratings=Targeting(why="so", plans=(plan,)))
    assert same.targeting.evaluation == ("evaluate", 1), "neither reasons nor plans weigh anything"
    assert bench.results(goals=Goals(smallest_share=0.2)).targeting.evaluation == ("evaluate", 2)
    rated = Targeting(ratings=(SegmentRating(segmentation="x", segment_id="s1"),))
    assert bench.results(ratings=rated).targeting.evaluation == ("evaluate", 3)


def test_the_list_of_customers_names_the_segment_of_each(bench):
    results = bench.results()
    found, formed = results.targeting.customer_list, results.criteria.segmentation
    assert list(found.columns) == ["customer_id", "segment_id", "segment_name"]
    assert list(found["customer_id"]) == sorted(bench.data.customers.index)
    assert (found.set_index("customer_id")["segment_id"] == formed.segment_of.sort_index()).all()


def test_rfm_is_there_whether_it_is_chosen_or_not(bench, counted):
    results = bench.results(method=Method.BY_HAND)
    assert isinstance(results.rfm.rule, RfmRule) and results.rfm.rule is bench.results().rfm.rule
    calls = counted(of_rfm, "checked")
    assert results.rfm.checked == bench.results().rfm.checked == ("checked", 1)
    assert calls[0][0] is results.rfm.rule and calls[0][1] is bench.data.customers
    assert bench.results(rfm={"recency": [30, 90]}).rfm.checked == ("checked", 2)
    assert results.rfm.money == {RfmMoney.TOTAL: "monetary_total"}
    bench.data = replace(bench.data, customers=bench.data.customers.drop(columns="monetary_total"))
    assert bench.results().rfm.money == {}


def test_bases_stand_in_their_usual_order(bench):
    results = bench.results(variables=("age_years", "frequency", "region"))
    assert results.criteria.bases_in_use == tuple(b for b in Base if b in (Base.GEOGRAPHIC, Base.DEMOGRAPHIC, Base.BEHAVIOURAL))
    assert bench.results(variables=("age_years",)).criteria.bases_in_use == (Base.DEMOGRAPHIC,)


def test_what_customers_are_worth_rests_on_two_days_of_the_past_the_segments_and_the_terms(bench, counted, monkeypatch):
    days = []
    monkeypatch.setattr(of_profiles, "days_to_look_back", lambda data: ("a third", "two thirds"))
    monkeypatch.setattr(of_profiles, "too_few", lambda before, after: "")
    monkeypatch.setattr(of_profiles, "with_what_stays", lambda then, whole: then)

    class Three(tuple):
        def __new__(cls, *three):
            days.append(three)
            return super().__new__(cls, three)

    monkeypatch.setattr(of_profiles, "Past", Three)
    learned, asked = [], []

    class Learned:
        def worth(self, terms):
            asked.append(terms)
            return "lifetime", len(asked)

    monkeypatch.setattr(of_profiles, "learn", lambda *rests_on: learned.append(rests_on) or Learned())
    models = counted(of_profiles, "models_beside")
    assert bench.results().profiles.lifetime == bench.results(why="a reason").profiles.lifetime == ("lifetime", 1)
    assert bench.results().profiles.lifetime_models == ("models_beside", 1)
    assert bench.results(personas=Profiles(horizon_months=6)).profiles.lifetime == ("lifetime", 2)
    assert bench.results(personas=Profiles(horizon_months=6)).profiles.lifetime_models == ("models_beside", 1)
    assert days == [((bench.data, "a third"), (bench.data, "two thirds"), bench.data)], "read once"
    ((past, formed),), (terms, shorter) = learned, asked  # learned once, whatever the terms
    assert past == days[0] and formed is bench.results().criteria.segmentation and models[0] == (past,)
    assert (terms.months, terms.discount, terms.margin, shorter.months) == (12, 0.1, None, 6)


def test_where_the_orders_do_not_tell_what_comes_next_the_reason_stands_in_its_place(bench):
    assert "takes the date of each order" in bench.results().profiles.lifetime
    assert bench.results().profiles.lifetime_models is None
