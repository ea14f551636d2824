import numpy as np
import pytest

from segkit.core.criteria.naming import LONGEST, level_name, names, phrases, unique


@pytest.mark.parametrize(
    ("level", "two", "said"),
    [
        ("Yes", True, ("not region", "region")),
        ("yes", False, ("not region", "region")),
        ("TRUE", False, ("not region", "region")),
        ("1", True, ("not region", "region")),
        ("1", False, ("not region 1", "mostly region 1")),
        ("0", True, ("not region 0", "mostly region 0")),
        ("3", False, ("not region 3", "mostly region 3")),
        ("No", True, ("not region No", "mostly region No")),
        ("Lisbon", False, ("not Lisbon", "mostly Lisbon")),
        ("2 rooms", False, ("not 2 rooms", "mostly 2 rooms")),
    ],
)
def test_a_level_is_named_so_that_it_says_something_alone(level, two, said):
    assert phrases("region", "Region", level, two=two) == said


def test_a_category_is_taken_to_have_two_levels_and_a_number_to_be_no_share():
    assert phrases("region", "Region", "1") == ("not region", "region")
    assert phrases("region", "Region: north") == ("low region: north", "high region: north")


def test_pots_of_answers_name_the_question():
    said = [level_name("yummy", level) for level in ("Yes", "No", "2", "Web shop", "Y", "FALSE", "–")]
    assert said == ["yummy", "not yummy", "yummy 2", "Web shop", "yummy", "not yummy", "yummy –"]


@pytest.mark.parametrize(
    ("variable", "label", "said"),
    [
        ("recency_days", "Days since last order", ("recent", "gone quiet")),
        ("frequency", "Orders", ("seldom", "frequent")),
        ("age", "Age", ("low age", "high age")),
        ("x", "VIP points", ("low VIP points", "high VIP points")),
        ("x", "A", ("low A", "high A")),
        ("x", "Twenty-four letters long", ("low twenty-four letters long", "high twenty-four letters long")),
        ("x", "Twenty-five letters longer", ("low twenty-five letters…", "high twenty-five letters…")),
    ],
)
def test_a_number_is_low_or_high_where_no_better_words_are_known(variable, label, said):
    assert phrases(variable, label) == said


def test_a_share_is_little_or_mostly_of_what_stands_behind_its_colon():
    assert phrases("share_web", "Share of money: Web shop", share=True) == ("little web shop", "mostly web shop")
    assert phrases("share_web", "Web shop", share=True) == ("little web shop", "mostly web shop")
    assert phrases("x", "Channel: kind: Post", share=True) == ("little post", "mostly post")


def test_a_long_level_is_cut_at_a_word():
    assert phrases("x", "Sector", "Wholesale of agricultural machinery") == (
        "not Wholesale of…",
        "mostly Wholesale of…",
    )
    assert phrases("x", "Kind of place where they live", "No")[1] == "mostly kind of place where… No"


WORDS = [*((f"low {letter}", f"high {letter}") for letter in "abcd"), ("new", "old"), ("few orders", "many orders")]


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
        ((0, 0, 0, 0, 2), "Old"),
        ((0, 0, 0, 0, 2.1), "Very old"),
        ((0, 0, 0, 0, 2.1, 2.2), "Many orders, very old"),
        ((0.36, 0, 0, 0, 1.5), "Old, high a"),
        ((0, 0, 0, 0, -3), "New"),
        ((0, 0, 0, 0, 0, -3), "Few orders"),
    ],
)
def test_a_segment_is_named_by_up_to_three_things_that_stand_out(z, said):
    assert names(np.array([[*z, *[0.0] * (len(WORDS) - len(z))]]), WORDS) == [said]


def test_five_things_are_said_where_three_do_not_tell_two_segments_apart():
    z = np.array([[4.0, 3.0, 2.0, 1.0, 0.9, 0.8], [4.0, 3.0, 2.0, -1.0, 0.9, 0.8], [-1.0, 0.0, 0.0, 0.0, 0.0, 0.0]])
    words = [(f"no {letter}", f"with {letter}") for letter in "abcdef"]
    assert names(z, words) == [
        "With a, with b, with c, with d, with e",
        "With a, with b, with c, no d, with e",
        "No a",
    ]


def test_what_does_not_fit_is_left_out_and_what_is_shorter_may_follow():
    words = [("x", "twelve chars"), ("x", "ten charss"), ("x", "six cs")]
    z = np.array([[0.9, 0.8, 0.7]])
    assert names(z, words, longest=20) == ["Twelve chars, six cs"]
    assert names(z, words, longest=19) == ["Twelve chars"]
    assert names(z, words, longest=24) == ["Twelve chars, ten charss"]
    assert names(z, words, longest=32) == ["Twelve chars, ten charss, six cs"]


def test_the_same_word_is_said_once():
    assert names(np.array([[0.9, 0.8, 0.7]]), [("x", "web"), ("x", "web"), ("x", "post")]) == ["Web, post"]


def test_names_that_are_alike_are_numbered():
    assert names(np.zeros((3, 1)), [("x", "y")]) == ["Near the average", "Near the average (2)", "Near the average (3)"]
    assert unique(["A", "B", "A", "A", "B"]) == ["A", "B", "A (2)", "A (3)", "B (2)"]
    assert unique(["A (2)", "A", "A"]) == ["A (2)", "A", "A (3)"]


def test_a_numbered_name_is_no_longer_than_any_other():
    long = "x" * 60
    assert LONGEST == 45
    assert unique([long, long]) == ["x" * 44 + "…", "x" * 40 + "… (2)"]
    assert unique(["abcdefghij", "abcdefghij"], 10) == ["abcdefghij", "abcde… (2)"]
    assert max(map(len, names(np.ones((2, 3)), [("x", "long word " * 2 + letter) for letter in "abc"]))) <= 45
