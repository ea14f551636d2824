import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from segkit.core.criteria.naming import LONGEST, Feature, level_name, names, unique

SHARE = st.floats(0, 1)


def shares(feature):
    """Return the words for next to none, less than all have, more than all have, and above half."""
    return tuple(feature.word(value, everyone) for value, everyone in ((0.05, 0.5), (0.06, 0.5), (0.5, 0.4), (0.51, 0.4)))


@pytest.mark.parametrize(
    ("level", "yes_no", "what"),
    [
        ("Yes", True, "region"),
        ("yes", False, "region"),
        ("TRUE", False, "region"),
        ("1", True, "region"),
        ("1", False, "region 1"),
        ("0", True, "region 0"),
        ("3", False, "region 3"),
        ("No", True, "region No"),
        ("Lisbon", False, "Lisbon"),
        ("2 rooms", False, "2 rooms"),
    ],
)
def test_a_level_is_named_so_that_it_says_something_alone(level, yes_no, what):
    said = (f"not {what}", f"less often {what}", f"more often {what}", f"mostly {what}")
    assert shares(Feature("region", "Region", level, yes_no=yes_no)) == said


def test_a_bare_answer_stands_before_its_question():
    assert Feature("like", "Like", "4", asked=True).word(0.1, 0.5) == "less often 4 (like)"


def test_a_category_is_taken_to_have_two_levels_and_a_number_to_be_no_share():
    assert Feature("region", "Region", "1").word(0.9, 0.5) == "mostly region"
    assert low_and_high(Feature("region", "Region: north")) == ("low region: north", "high region: north")


def test_an_answer_stands_with_its_question():
    prices = "I compare prices before I buy"
    assert (
        Feature("q1", "Compare prices", "Strongly agree", asked=True).word(0.9, 0.5) == "mostly Strongly agree (compare prices)"
    )
    assert Feature("q1", "Compare prices", "Strongly agree").word(0.9, 0.5) == "mostly Strongly agree"
    assert Feature("q1", "Compare prices", "Yes", asked=True).word(0.9, 0.5) == "mostly compare prices"
    assert Feature("q1", "Compare prices", "No", asked=True).word(0.9, 0.5) == "mostly compare prices No"
    assert Feature("q1", prices, "Agree", asked=True).word(0.01, 0.5) == "not Agree (I compare prices before I buy)"
    long = Feature("q1", prices + " anything at all", "Neither agree nor disagree", asked=True)
    assert long.word(0.9, 0.5) == "mostly Neither agree… (I compare prices…)"
    assert long.word(0.1, 0.5) == "less often Neither agree… (I compare…)"


def test_pots_of_answers_name_the_question():
    said = [level_name("yummy", level) for level in ("Yes", "No", "2", "Web shop", "Y", "FALSE", "–")]
    assert said == ["yummy", "not yummy", "yummy 2", "Web shop", "yummy", "not yummy", "yummy –"]


def low_and_high(feature):
    return feature.word(1.0, 2.0), feature.word(3.0, 2.0)


@pytest.mark.parametrize(
    ("variable", "label", "said"),
    [
        ("recency_days", "Days since last order", ("more recent", "longer ago")),
        ("frequency", "Orders", ("seldom", "frequent")),
        ("monetary_total", "Total spend", ("low spend", "high spend")),
        ("monetary_mean", "Spend per order", ("small orders", "large orders")),
        ("tenure_days", "Days as a customer", ("newer", "longer-standing")),
        ("age", "Age", ("low age", "high age")),
        ("x", "VIP points", ("low VIP points", "high VIP points")),
        ("x", "A", ("low A", "high A")),
        ("x", "Twenty-four letters long", ("low twenty-four letters long", "high twenty-four letters long")),
        ("x", "Twenty-five letters longer", ("low twenty-five letters…", "high twenty-five letters…")),
    ],
)
def test_a_number_is_low_or_high_where_no_better_words_are_known(variable, label, said):
    assert low_and_high(Feature(variable, label)) == said


@pytest.mark.parametrize(
    ("days", "silent", "said"),
    [
        (20, 1.0, "recent"),
        (20, 1.01, "more recent"),
        (20, None, "more recent"),
        (20, 5.0, "more recent"),
        (90, 2.0, "gone quiet"),
        (90, 1.99, "longer ago"),
        (90, None, "longer ago"),
        (90, 0.5, "longer ago"),
    ],
)
def test_words_of_time_are_said_where_the_rhythm_of_orders_bears_them_out(days, silent, said):
    """All customers ordered 60 days ago on average; the middle one has been silent for so many usual gaps."""
    assert Feature("recency_days", "Days since last order").word(days, 60, silent) == said
    assert Feature("tenure_days", "Days as a customer").word(days, 60, silent) == ("newer" if days < 60 else "longer-standing")


def test_a_share_is_of_what_stands_behind_its_colon():
    for label in ("Share of money: Web shop", "Web shop", "Channel: kind: Web shop"):
        said = shares(Feature("share_web", label, share=True))
        assert said == ("hardly any web shop", "less web shop", "more web shop", "mostly web shop")


@given(SHARE, SHARE, st.booleans())
def test_the_word_for_a_share_is_true_of_it(value, everyone, of_customers):
    feature = Feature("x", "Web", "Web" if of_customers else None, share=not of_customers)
    mostly, more, less, none = ("mostly Web", "more often Web", "less often Web", "not Web") if of_customers else (
        "mostly web", "more web", "less web", "hardly any web"
    )  # fmt: skip
    true_of_it = {
        mostly: value > 0.5 and value > everyone,
        more: value <= 0.5 and value > everyone,
        less: value > 0.05 and value < everyone,
        none: value <= 0.05 and value < everyone,
        "": value == everyone,
    }
    word = feature.word(value, everyone)
    assert {said: said == word for said in true_of_it} == true_of_it


@given(st.floats(0, 1e4), st.floats(0, 1e4), st.none() | st.floats(0, 50))
def test_the_word_for_days_since_the_last_order_is_true_of_them(value, everyone, silent):
    word = Feature("recency_days", "Days since last order").word(value, everyone, silent)
    assert (word in ("recent", "more recent")) == (value < everyone)
    assert (word in ("gone quiet", "longer ago")) == (value > everyone)
    assert (word == "recent") == (value < everyone and silent is not None and silent <= 1)
    assert (word == "gone quiet") == (value > everyone and silent is not None and silent >= 2)


@given(st.floats(), st.floats(), st.none() | st.floats(0, 50), st.sampled_from(["recency_days", "frequency", "age"]))
def test_of_what_is_not_known_or_the_same_nothing_is_said(value, everyone, silent, variable):
    nothing = not np.isfinite(value) or not np.isfinite(everyone) or value == everyone
    assert (Feature(variable, "Age").word(value, everyone, silent) == "") == nothing


@given(st.text(st.characters(codec="utf-8"), min_size=1), st.text(min_size=1), SHARE, SHARE, st.booleans())
def test_a_word_is_short_enough_for_a_name(label, level, value, everyone, asked):
    assert len(Feature("x", label, level, asked=asked).word(value, everyone)) <= LONGEST
    assert len(Feature("x", label, share=True).word(value, everyone)) <= LONGEST


def test_a_long_level_is_cut_at_a_word():
    assert shares(Feature("x", "Sector", "Wholesale of agricultural machinery")) == (
        "not Wholesale of…",
        "less often Wholesale of…",
        "more often Wholesale of…",
        "mostly Wholesale of…",
    )
    assert Feature("x", "Kind of place where they live", "No").word(0.9, 0.5) == "mostly kind of place where… No"


WORDS = [*((f"low {letter}", f"high {letter}") for letter in "abcd"), ("small", "large"), ("few orders", "many orders")]


def named(z, words, figures=None, **others):
    """Name segments in whose features low and high have these words; return the names as text."""
    z = np.array(z, dtype=float)
    said = [[word[int(value > 0)] for value, word in zip(row, words, strict=True)] for row in z]
    figures = figures or [["the same"] * z.shape[1]] * len(z)
    return [name.text for name in names(z, said, figures, **others)]


@pytest.mark.parametrize(
    ("z", "said"),
    [
        ((0.5, -1), "Low b, high a"),
        ((-0.5, 1, 0, 0.7), "High b, high d, low a"),
        ((1, 1, 1, 1), "High a, high b, high c"),
        ((0.35,), "High a"),
        ((-0.35,), "Low a"),
        ((0.349,), "Near the average"),
        ((0, 0), "Near the average"),
        ((0, 0, 0, 0, 2), "Large"),
        ((0, 0, 0, 0, 2.1), "Very large"),
        ((0, 0, 0, 0, 2.1, 2.2), "Many orders, very large"),
        ((0.36, 0, 0, 0, 1.5), "Large, high a"),
        ((0, 0, 0, 0, -3), "Very small"),
        ((0, 0, 0, 0, 0, -3), "Few orders"),
    ],
)
def test_a_segment_is_named_by_up_to_three_things_that_stand_out(z, said):
    assert named([[*z, *[0.0] * (len(WORDS) - len(z))]], WORDS) == [said]


@pytest.mark.parametrize(("word", "said"), [
    ("recent", "Recent"), ("newer", "Newer"), ("longer-standing", "Longer-standing"), ("seldom", "Very seldom"),
    ("gone quiet", "Gone quiet"),
])  # fmt: skip
def test_what_a_rhythm_or_a_comparison_says_is_not_made_stronger(word, said):
    assert named([[-3.0]], [(word, "x")]) == [said]


def test_what_is_not_true_of_a_segment_is_passed_over_for_what_is():
    z = np.array([[3.0, 2.0, 1.0, 0.5]])
    assert names(z, [["", "with b", "", "with d"]], [[""] * 4])[0].text == "With b, with d"
    assert names(z, [["", "", "", ""]], [[""] * 4])[0].text == "Near the average"


def test_a_name_tells_the_features_that_it_speaks_of_the_strongest_first():
    z = np.array([[0.5, -3.0, 0.1, 1.0], [0.0, 0.0, 0.0, -0.5]])
    words = [["with a", "no b", "with c", "with d"], ["", "", "", "no d"]]
    assert [name.features for name in names(z, words, [[""] * 4] * 2)] == [(1, 3, 0), (3,)]


def test_five_things_are_said_where_three_do_not_tell_two_segments_apart():
    z = [[4.0, 3.0, 2.0, 1.0, 0.9, 0.8], [4.0, 3.0, 2.0, -1.0, 0.9, 0.8], [-1.0, 0.0, 0.0, 0.0, 0.0, 0.0]]
    words = [(f"no {letter}", f"with {letter}") for letter in "abcdef"]
    assert named(z, words) == [
        "With a, with b, with c, with d, with e",
        "With a, with b, with c, no d, with e",
        "No a",
    ]


def test_what_does_not_fit_is_left_out_and_what_is_shorter_may_follow():
    words = [("x", "twelve chars"), ("x", "ten charss"), ("x", "six cs")]
    z = [[0.9, 0.8, 0.7]]
    assert named(z, words, longest=20) == ["Twelve chars, six cs"]
    assert named(z, words, longest=19) == ["Twelve chars"]
    assert named(z, words, longest=24) == ["Twelve chars, ten charss"]
    assert named(z, words, longest=32) == ["Twelve chars, ten charss, six cs"]


def test_the_same_word_is_said_once():
    assert named([[0.9, 0.8, 0.7]], [("x", "web"), ("x", "web"), ("x", "post")]) == ["Web, post"]


FIGURES = [["24.7 orders", "210 EUR"], ["9.1 orders", "205 EUR"], ["1.2 orders", "20.00 EUR"]]


def test_names_that_are_alike_are_told_apart_by_the_figure_that_differs_most():
    z = [[3.0, 0.9], [1.0, 0.8], [-1.0, -1.0]]
    words = [("few orders", "many orders"), ("low spend", "high spend")]
    found = names(np.array(z), [["many orders", "high spend"]] * 2 + [["few orders", "low spend"]], FIGURES)
    assert [(name.text, name.features) for name in found] == [
        ("Many orders, high spend (24.7 orders)", (0, 1)),
        ("Many orders, high spend (9.1 orders)", (0, 1)),
        ("Few orders, low spend", (0, 1)),
    ]
    other = [[1.0, 0.9], [0.9, 0.4], [-1.0, -1.0]]
    assert named(other, words, FIGURES)[:2] == ["Many orders, high spend (210 EUR)", "Many orders, high spend (205 EUR)"]


def test_a_figure_that_reads_alike_or_is_too_long_tells_nobody_apart():
    z = [[1.0, 0.9, 0.1], [0.9, 0.4, 0.2]]
    words = [("few", "many"), ("low", "high"), ("x", "y")]
    assert named(z, words, [["5", "7", "3"], ["4", "7", "3"]]) == ["Many, high (5)", "Many, high (4)"]
    assert named(z, words, [["5", "7", "3"], ["5", "7", "2"]]) == ["Many, high (3)", "Many, high (2)"]
    assert named(z, words, [["5", "7", "3"], ["5", "7", "3"]]) == ["Many, high", "Many, high (2)"]
    long = "a very long kind of figure"
    assert named(z, words, [["5", f"{long} 7", "3"], ["4", f"{long} 8", "3"]]) == ["Many, high (5)", "Many, high (4)"]


def test_a_figure_that_tells_a_name_apart_is_one_of_its_features():
    z = np.array([[1.0, 0.1, 0.0], [0.9, 0.3, 0.0]])
    found = names(z, [["many", "", ""]] * 2, [["5", "7 visits", "3"], ["5", "8 visits", "3"]])
    assert [(name.text, name.features) for name in found] == [("Many (7 visits)", (0, 1)), ("Many (8 visits)", (0, 1))]


def test_names_that_are_alike_in_all_figures_are_numbered():
    assert named(np.zeros((3, 1)), [("x", "y")]) == ["Near the average", "Near the average (2)", "Near the average (3)"]
    assert unique(["A", "B", "A", "A", "B"]) == ["A", "B", "A (2)", "A (3)", "B (2)"]
    assert unique(["A (2)", "A", "A"]) == ["A (2)", "A", "A (3)"]


def test_a_numbered_name_is_no_longer_than_any_other():
    long = "x" * 60
    assert LONGEST == 45
    assert unique([long, long]) == ["x" * 44 + "…", "x" * 40 + "… (2)"]
    assert unique(["abcdefghij", "abcdefghij"], 10) == ["abcdefghij", "abcde… (2)"]
    words = [("x", "long word " * 2 + letter) for letter in "abc"]
    assert max(map(len, named(np.ones((2, 3)), words))) <= 45
    figures = [[f"{n} and some more words"] * 3 for n in (1, 2)]
    told = named(np.ones((2, 3)), words, figures)
    assert max(map(len, told)) <= 45 and told[1].endswith(" (2 and some more words)")


@given(st.lists(st.lists(st.sampled_from([-3.0, -1.0, 0.0, 1.0]), min_size=3, max_size=3), min_size=1, max_size=8), st.data())
def test_names_are_unique_and_short_enough_whatever_the_figures(z, data):
    said = st.sampled_from(["1 %", "2 %", "12 %"])
    figures = [[data.draw(said) for _ in row] for row in z]
    found = named(z, WORDS[:3], figures)
    assert len(set(found)) == len(z) and max(map(len, found)) <= LONGEST
