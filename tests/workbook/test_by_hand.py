"""The desktop exercise without a mouse, on a hundred customers who fall into four pots of known size."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from segkit.decisions.criteria import Band, HandSegment
from segkit.words.errors import CriteriaError, TooFewCustomersError
from segkit.words.terms import Banding
from segkit.workbook.by_hand import Hand
from segkit.workbook.decided import Decided
from tests.made_up import customer_data

ORDERS = Band(variable="frequency", banding=Banding.OWN, thresholds=(2,))
MONEY = Band(variable="monetary_total", banding=Banding.OWN, thresholds=(100,))
DAYS = Band(variable="recency_days", banding=Banding.OWN, thresholds=(30,))
AGE = Band(variable="age_years", banding=Banding.OWN, thresholds=(30, 50, 70))
SIZES = {(1, 50): 40, (1, 200): 10, (3, 50): 20, (3, 200): 30}
"""Orders and money of a customer: how many there are."""


def customers(sizes):
    rows = [pair for pair, size in sizes.items() for _ in range(size)]
    data = customer_data(len(rows))
    frame = data.customers.assign(
        frequency=[float(f) for f, _ in rows], monetary_total=[float(m) for _, m in rows],
        recency_days=np.where(np.arange(len(rows)) % 2, 10.0, 60.0),
    )  # fmt: skip
    return replace(data, customers=frame)


class Bench:
    """A workspace with the exercise on customers that can be exchanged."""

    def __init__(self, folder):
        self.decided, self.data = Decided(folder), customers(SIZES)
        self.hand = Hand(self.decided, lambda: self.data)
        self.bands(ORDERS, MONEY)

    def bands(self, *bands):
        self.decided.choose("criteria", by_hand=bands)

    def pots(self):
        return [pot.pots for pot in self.hand.table().pots]

    def kept(self):
        return [(entry.pots, entry.name, entry.action) for entry in self.decided.criteria.pots]


@pytest.fixture
def bench(tmp_path):
    return Bench(tmp_path)


def test_each_pot_with_its_customers_and_their_money(bench):
    table = bench.hand.table()
    assert [(pot.id, pot.size, pot.share, pot.money, pot.guests) for pot in table.pots] == [
        ("a2-b2", 30, 0.3, 6000.0, 0),
        ("a2-b1", 20, 0.2, 1000.0, 0),
        ("a1-b2", 10, 0.1, 2000.0, 0),
        ("a1-b1", 40, 0.4, 2000.0, 0),
    ]
    assert [pot.money_share for pot in table.pots] == pytest.approx([6 / 11, 1 / 11, 2 / 11, 2 / 11])
    assert table.notes == () and table.suggestion == () and table.lint.overlapping == 0
    assert all(pot.action == "" and pot.name and pot.rule for pot in table.pots)
    assert bench.hand.bands() == (ORDERS, MONEY)


def test_bands_that_are_only_tried_change_nothing_that_is_kept(bench):
    table = bench.hand.table([ORDERS])
    assert [(pot.id, pot.size) for pot in table.pots] == [("a2", 50), ("a1", 50)]
    assert len(bench.hand.table().pots) == 4 and bench.decided.criteria.by_hand == (ORDERS, MONEY)


def test_without_a_choice_the_data_suggest_bands(bench):
    bench.bands()
    assert [band.variable for band in bench.hand.bands()] == ["monetary_total", "recency_days"]
    assert sum(pot.size for pot in bench.hand.table([]).pots) == 100, "no bands at all are filled in, too"
    bench.hand.say("a1-b1", name="Ours")
    assert [band.variable for band in bench.decided.criteria.by_hand] == ["monetary_total", "recency_days"]


def test_money_that_is_not_known_counts_nothing(bench):
    frame = bench.data.customers
    bench.data = replace(
        bench.data, customers=frame.assign(monetary_total=frame["monetary_total"].where(frame["frequency"] > 1))
    )
    pots = {pot.id: pot for pot in bench.hand.table([ORDERS]).pots}
    assert (pots["a1"].money, pots["a1"].money_share, pots["a2"].money, pots["a2"].money_share) == (0, 0, 7000, 1)


@pytest.mark.parametrize(
    ("money", "worth", "share"),
    [(None, None, None), (np.nan, None, None), (0.0, 0.0, None), (-2.0, -100.0, None), (0.01, 0.5, 0.5)],
)
def test_without_money_nobody_has_a_share_of_it(bench, money, worth, share):
    frame = bench.data.customers.drop(columns="monetary_total")
    bench.data = replace(bench.data, customers=frame if money is None else frame.assign(monetary_total=money))
    (pot, _) = bench.hand.table([ORDERS]).pots
    assert pot.money == pytest.approx(worth) and pot.money_share == pytest.approx(share)


def test_other_customers_are_counted_anew(bench):
    assert bench.hand.table().pots[0].size == 30
    bench.data = customers({(1, 50): 35, (3, 200): 25})
    assert [pot.size for pot in bench.hand.table().pots] == [25, 35]
    bench.data = customers({(1, 50): 20})
    with pytest.raises(TooFewCustomersError):
        bench.hand.table()


def test_a_pot_that_holds_hardly_anyone_is_a_guest_of_the_nearest(bench):
    bench.data = customers(SIZES | {(1, 200): 4})
    table = bench.hand.table()
    assert [(pot.pots, pot.size, pot.guests) for pot in table.pots] == [
        (("a2-b2",), 30, 0), (("a2-b1",), 20, 0), (("a1-b1",), 44, 1)
    ]  # fmt: skip
    assert table.pots[2].money == 40 * 50 + 4 * 200
    assert table.notes == ("1 pot with 4 customers in all were merged with the nearest pot, so that no segment is tiny.",)


def test_pots_put_together_are_one_and_come_apart_again(bench):
    hand = bench.hand
    hand.put_together("a2-b2", "a2-b1", "a2-b2")
    (first, *others) = hand.table().pots
    assert (first.pots, first.size, first.money, first.id) == (("a2-b1", "a2-b2"), 50, 7000, "a2-b1")
    assert [pot.pots for pot in others] == [("a1-b2",), ("a1-b1",)]
    hand.put_together("a2-b2", "a1-b2")
    assert bench.pots() == [("a1-b2", "a2-b1", "a2-b2"), ("a1-b1",)] or bench.pots()[0] == ("a1-b1",)
    assert len(bench.kept()) == 1, "the smaller segment went into the larger one"
    hand.take_apart("a2-b1")
    assert len(bench.pots()) == 4 and bench.kept() == []


def test_one_pot_or_all_pots_are_no_segment(bench):
    hand = bench.hand
    for pots in ((), ("a1-b1",), ("a1-b1", "a1-b1")):
        with pytest.raises(CriteriaError, match=r"A single pot cannot be put together\. Choose at least two"):
            hand.put_together(*pots)
    with pytest.raises(
        CriteriaError, match=r"All pots together would be one segment with everybody in it\. Leave at least one"
    ):
        hand.put_together(*(pot.id for pot in hand.table().pots))
    hand.put_together("a1-b1", "a1-b2", "a2-b1")
    with pytest.raises(CriteriaError, match="A single pot"):
        hand.put_together("a1-b1", "a1-b2")
    with pytest.raises(CriteriaError, match="All pots together"):
        hand.put_together("a1-b1", "a2-b2")
    with pytest.raises(CriteriaError, match=r"There is no pot “z9”\. There are: a2-b2, "):
        hand.put_together("a1-b1", "z9")
    assert bench.kept() == [(("a1-b1", "a1-b2", "a2-b1"), "", "")]


def test_what_is_said_of_single_pots_outlives_their_segment(bench):
    hand = bench.hand
    hand.say("a2-b2", name="Best", action="call them")
    hand.say("a1-b1", action="write")
    hand.put_together("a2-b2", "a2-b1")
    hand.say("a2-b1", name="Both")
    assert hand.table().pots[0].name == "Both"
    hand.take_apart("a2-b2")
    assert bench.kept() == [(("a1-b1",), "", "write"), (("a2-b2",), "Best", "call them")]
    (best, *_, last) = hand.table().pots
    assert (best.name, best.action, last.action) == ("Best", "call them", "write") and last.name not in ("", "Best")
    hand.put_together("a2-b2", "a2-b1")
    hand.start_again()
    assert [pots for pots, *_ in bench.kept()] == [("a1-b1",), ("a2-b2",)]


def test_words_that_are_taken_back_leave_nothing(bench):
    hand = bench.hand
    hand.say("a2-b2", name="Best", action="call them")
    hand.say("a2-b2", name="")
    assert bench.kept() == [(("a2-b2",), "", "call them")]
    hand.say("a2-b2", action="")
    assert bench.kept() == []
    hand.put_together("a2-b2", "a2-b1")
    hand.say("a2-b2", name="Both")
    hand.say("a2-b2", name="")
    assert bench.kept() == [(("a2-b1", "a2-b2"), "", "")]


def test_only_what_was_put_together_comes_apart(bench):
    hand = bench.hand
    hand.say("a1-b1", name="Small")
    for pots in (("a1-b1",), ()):
        with pytest.raises(CriteriaError, match=r"There is nothing to take apart.*Choose one that was"):
            hand.take_apart(*pots)
    hand.put_together("a2-b2", "a2-b1")
    hand.take_apart("a1-b1", "a2-b2")
    assert bench.kept() == [(("a1-b1",), "Small", "")]
    with pytest.raises(CriteriaError, match="There is no pot"):
        hand.take_apart("z9")


def test_two_segments_stand_beside_each_other(bench):
    hand = bench.hand
    hand.put_together("a2-b2", "a2-b1")
    hand.put_together("a1-b2", "a1-b1")
    assert bench.pots() == [("a2-b1", "a2-b2"), ("a1-b1", "a1-b2")]
    hand.take_apart("a1-b1")
    assert bench.pots()[0] == ("a2-b1", "a2-b2") and len(bench.pots()) == 3
    hand.start_again()
    assert len(bench.pots()) == 4


def test_what_was_put_together_under_other_bands_is_kept_for_them(bench):
    hand = bench.hand
    hand.put_together("a2-b2", "a2-b1")
    assert hand.table().notes == ()
    bench.bands(ORDERS)
    assert bench.pots() == [("a2",), ("a1",)]
    (note,) = hand.table().notes
    assert "under 1 other choice of bands is kept and returns" in note
    hand.say("a1", name="Once")
    hand.start_again()
    assert [pots for pots, *_ in bench.kept()] == [("a2-b1", "a2-b2"), ("a1",)]
    bench.bands(MONEY)
    assert "under 2 other choices of bands is kept" in hand.table().notes[0]
    bench.bands(ORDERS, MONEY)
    assert bench.pots()[0] == ("a2-b1", "a2-b2") and "under 1 other choice" in hand.table().notes[0]


def test_cautions_about_each_attribute_are_said(bench):
    frame = bench.data.customers
    bench.data = replace(bench.data, customers=frame.assign(recency_days=np.r_[np.full(96, 10.0), np.full(4, 900.0)]))
    wide = Band(variable="recency_days", banding=Banding.EQUAL_WIDTH)
    assert any("Days since the last order" in note for note in bench.hand.table([ORDERS, wide]).notes)
    assert bench.hand.table([ORDERS, MONEY]).notes == ()


def eight(bench, empty=0):
    """Cross two by four bands, all filled but some."""
    frame = bench.data.customers
    ages = np.tile([20.0, 40.0, 60.0, 80.0], 25)
    if empty:
        ages = np.where((ages == 80) & (frame["frequency"] > 1), 60.0, ages)
    bench.data = replace(bench.data, customers=frame.assign(age_years=ages))
    bench.bands(ORDERS, AGE)


def test_more_than_seven_pots_are_too_many(bench):
    eight(bench)
    table = bench.hand.table()
    assert len(table.pots) == 8 and "8 pots are more than 7 segments" in table.notes[-1]
    ((first, second),) = table.suggestion
    bench.hand.take_suggestion()
    assert len(bench.pots()) == 7 and (first, second) in bench.pots()
    assert bench.hand.table().suggestion == () and not any("more than 7" in note for note in bench.hand.table().notes)
    bench.hand.take_suggestion()
    assert len(bench.pots()) == 7, "nothing more is suggested"


def test_seven_pots_are_not(bench):
    eight(bench, empty=1)
    table = bench.hand.table()
    assert len(table.pots) == 7 and table.suggestion == () and table.notes == ()


def test_the_suggestion_takes_the_place_of_what_was_put_together_and_keeps_words(bench):
    eight(bench)
    frame = bench.data.customers
    bench.hand.say("a1-b1", action="write")
    bench.bands(ORDERS, AGE, DAYS)
    bench.data = replace(bench.data, customers=frame.assign(recency_days=np.tile(np.repeat([10.0, 60.0], 4), 13)[:100]))
    bench.hand.put_together("a1-b1-c1", "a1-b1-c2")
    bench.hand.say("a2-b1-c1", action="call")
    bench.hand.take_suggestion()
    assert len(bench.pots()) == 7
    kept = bench.kept()
    assert (("a1-b1",), "", "write") in kept and (("a2-b1-c1",), "", "call") in kept
    assert sum(len(pots) for pots, *_ in kept if len(pots) > 1) == len({p for pots, *_ in kept if len(pots) > 1 for p in pots})


def test_segments_are_saved_in_the_order_of_their_pots(bench):
    bench.hand.say("a2-b2", name="Best")
    bench.hand.say("a1-b1", name="Least")
    assert [pots for pots, *_ in bench.kept()] == [("a1-b1",), ("a2-b2",)]
    assert Decided(bench.decided.workspace.folder).criteria.pots == bench.decided.criteria.pots


def test_words_of_somebody_about_other_bands_do_not_name_these_pots(bench):
    bench.decided.choose("criteria", pots=[HandSegment(bands="other", pots=("a2-b2",), name="Wrong")])
    assert all(pot.name != "Wrong" for pot in bench.hand.table().pots)
    bench.hand.say("a2-b2", action="call")
    assert sorted(bench.kept()) == [(("a2-b2",), "", "call"), (("a2-b2",), "Wrong", "")]


def test_pots_come_in_the_order_of_their_bands_whatever_the_order_of_customers(bench):
    usual = bench.hand.table().pots
    mixed = bench.data.customers.sample(frac=1, random_state=1)
    bench.data = replace(bench.data, customers=mixed)
    assert bench.hand.table().pots == usual and isinstance(mixed, pd.DataFrame)
