"""The linter of rule tables, on tables that people use."""

from itertools import product

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from segkit.core.criteria.rule_linter import Line, line, lint

FIVES = list(product(range(1, 6), repeat=3))

NAMES = ("Champions", "Potential Loyalist", "Loyal Customers", "Promising", "New Customers", "Can't Lose Them", "At Risk",
         "Need Attention", "About To Sleep", "Lost")  # fmt: skip
README = (
    ((5, 5), (5, 5), (5, 5)), ((3, 5), (3, 5), (2, 5)), ((2, 4), (2, 4), (2, 4)), ((3, 4), (1, 3), (3, 5)),
    ((4, 5), (1, 3), (1, 5)), ((1, 2), (3, 4), (4, 5)), ((1, 2), (2, 5), (4, 5)), ((1, 3), (3, 5), (3, 5)),
    ((2, 3), (1, 3), (1, 4)), ((1, 1), (1, 5), (1, 5)),
)  # fmt: skip
TESTED_NAMES = ("Champions", "Loyal Customers", "Potential Loyalist", "New Customers", "Promising", "Need Attention",
                "About To Sleep", "At Risk", "Can't Lose Them", "Lost")  # fmt: skip
TESTED = (
    ((4, 5), (4, 5), (4, 5)), ((2, 5), (3, 5), (3, 5)), ((3, 5), (1, 3), (1, 3)), ((4, 5), (1, 1), (1, 1)),
    ((3, 4), (1, 1), (1, 1)), ((2, 3), (2, 3), (2, 3)), ((2, 3), (1, 2), (1, 2)), ((1, 2), (2, 5), (2, 5)),
    ((1, 1), (4, 5), (4, 5)), ((1, 2), (1, 2), (1, 2)),
)  # fmt: skip
FOURS = {
    "Premium Customer": "334 443 444 344 434 433 343 333",
    "Repeat Customer": "244 234 232 332 143 233 243",
    "Top Spender": "424 414 144 314 324 124 224 423 413 133 323 313 134",
    "At Risk Customer": "422 223 212 122 222 132 322 312 412 123 214",
    "Inactive Customer": "411 111 113 114 112 211 311",
}


def table(names, ranges):
    return [line(name, *limits) for name, limits in zip(names, ranges, strict=True)]


def test_the_readme_table_of_r_package_rfm_overlaps_and_has_gaps():
    """README and help page of rsquaredacademy/rfm 0.3.0 (search.r-project.org, rfm_segment)."""
    found = lint(table(NAMES, README), FIVES)
    assert (found.codes, found.overlapping, found.unmatched, found.dead) == (125, 58, 10, ())
    assert found.sentence == "Of the 125 combinations 58 match several rules and 10 match none."
    (gap,) = [fault for fault in found.faults if fault.kind == "gap"]
    assert len(gap.codes) == 10 and gap.example == gap.codes[0]
    assert sum(len(fault.codes) for fault in found.faults if fault.kind == "overlap") == 58


def test_the_tested_table_of_r_package_rfm_has_three_dead_rules():
    """tests/testthat/test-rfm-segment.R of rsquaredacademy/rfm."""
    found = lint(table(TESTED_NAMES, TESTED), FIVES)
    assert found.dead == ("New Customers", "Promising", "Can't Lose Them")
    dead = [fault for fault in found.faults if fault.kind == "dead"]
    assert dead[0].sentence == (
        "Nobody can get into “New Customers”: its 2 combinations go to “Potential Loyalist” before. For example: 4-1-1."
    )
    assert dead[2].segments == ("Can't Lose Them", "At Risk")


def test_the_default_table_of_pymc_marketing_leaves_18_of_64_codes_to_other():
    """``_default_rfm_segment_config`` in pymc_marketing/clv/utils.py (pymc-labs/pymc-marketing)."""
    lines = [Line(name, frozenset(tuple(map(int, code)) for code in codes.split())) for name, codes in FOURS.items()]
    found = lint(lines, list(product(range(1, 5), repeat=3)))
    assert (found.codes, found.overlapping, found.unmatched, found.dead) == (64, 0, 18, ())


def test_empty_and_tiny_segments_and_the_customers_that_show_a_fault():
    lines = [line("low", (1, 2)), line("middle", (2, 3)), line("high", (5, 5)), line("never", (3, 3))]
    customers = pd.Series([(1,), (2,), (2,), (2,), (4,), (3,), (3,)], index=list("gfedcba"))
    found = lint(lines, [(i,) for i in range(1, 6)], customers, floor=3)
    kinds = {fault.kind: fault for fault in found.faults}
    assert kinds["overlap"].customers in (2, 3)
    assert (kinds["gap"].example, kinds["gap"].customer, kinds["gap"].customers) == ((4,), "c", 1)
    assert (kinds["tiny"].segments, kinds["tiny"].customers, kinds["tiny"].customer) == (("middle",), 2, "a")
    assert kinds["empty"].segments == ("high",)
    assert found.dead == ("never",)
    assert found.sentence == (
        "Of the 5 combinations 2 match several rules and 1 matches none. Nobody can get into “never”. "
        "No customer is in “high”. Tiny: “middle”."
    )
    assert not any(name in fault.sentence for fault in found.faults for name in ("“a”", " c."))


rules = st.lists(st.tuples(st.sampled_from("abcd"), st.sets(st.integers(0, 9))), max_size=6)


@given(rules)
@settings(max_examples=40, deadline=None)
def test_counts_agree_with_asking_each_code_one_by_one(drawn):
    lines = [Line(name, frozenset((n,) for n in codes)) for name, codes in drawn]
    found = lint(lines, [(n,) for n in range(10)])
    wanted = [{name for name, codes in drawn if n in codes} for n in range(10)]
    assert found.overlapping == sum(len(names) > 1 for names in wanted)
    assert found.unmatched == sum(not names for names in wanted)
    won = {next((name for name, codes in drawn if n in codes), None) for n in range(10)}
    assert set(found.dead) == {name for name, _ in drawn} - won
    assert found.sound == (not found.overlapping and not found.unmatched and not found.dead)


def test_a_line_takes_all_scores_from_its_lowest_to_its_highest():
    assert line("s", (2, 3), (5, 5)).codes == {(2, 5), (3, 5)}
    assert line("s", (1, 5), (1, 5), (1, 5)).codes == set(FIVES)


def one(*segments, wanted=(), customers=None, codes=5, **how):
    """Check a table of one score, whose lines are (name, lowest, highest), and return its faults of some kinds."""
    found = lint(
        [line(name, (low, high)) for name, low, high in segments], [(i,) for i in range(1, codes + 1)], customers, **how
    )
    return [fault for fault in found.faults if fault.kind in wanted] if wanted else found


def people(**codes):
    return pd.Series([(code,) for code in codes.values()], index=list(codes))


def test_a_table_without_fault_is_sound_and_says_so():
    found = one(("low", 1, 2), ("high", 3, 5), customers=people(**{f"c{i}": 1 + i % 5 for i in range(10)}), floor=4)
    assert found.sound and found.faults == ()
    assert found.sentence == "Each of the 5 combinations belongs to exactly one segment: no overlap, no gap."


def test_two_lines_to_one_segment_do_not_overlap():
    assert one(("low", 1, 3), ("low", 2, 5)).sound


def test_overlaps_are_listed_by_who_wants_them_the_widest_first():
    found = one(("a", 1, 2), ("c", 4, 5), ("b", 2, 5), wanted=["overlap"])
    assert [(fault.segments, fault.codes) for fault in found] == [(("c", "b"), ((4,), (5,))), (("a", "b"), ((2,),))]
    equal = one(("z", 1, 1), ("a", 2, 2), ("b", 1, 2), codes=2, wanted=["overlap"])
    assert [fault.segments for fault in equal] == [("a", "b"), ("z", "b")]


@pytest.mark.parametrize(
    ("customers", "gap", "overlap"),
    [
        (None, "2 combinations match no rule. For example: 4.", "1 combination matches “a” and “b”; the first takes them."),
        (
            {"x": 5, "y": 5, "z": 2},
            "2 combinations (2 customers) match no rule. For example: 5.",
            "1 combination (1 customer) matches “a” and “b”; the first takes them.",
        ),
    ],
)
def test_gaps_and_overlaps_say_how_many_customers_and_the_commonest_example(customers, gap, overlap):
    faults = one(("a", 1, 2), ("b", 2, 3), customers=people(**customers) if customers else None, wanted=["gap", "overlap"])
    said = {fault.kind: fault for fault in faults}
    assert said["gap"].sentence == gap
    assert said["overlap"].sentence == f"{overlap} For example: 2."
    assert said["gap"].codes == ((4,), (5,)) and said["gap"].segments == ()
    if customers is None:
        assert (said["gap"].customers, said["gap"].customer) == (None, None)
    else:
        assert (said["gap"].customers, said["gap"].customer) == (2, "x")


def test_one_gap_and_two_overlaps_are_said_in_singular_and_plural():
    found = one(("a", 1, 3), ("b", 2, 4))
    assert found.sentence == "Of the 5 combinations 2 match several rules and 1 matches none."
    texts = [fault.sentence for fault in found.faults]
    assert texts[0].startswith("2 combinations match “a” and “b”; the first takes them.")
    assert texts[1].startswith("1 combination matches no rule.")
    assert one(("a", 1, 3), ("b", 3, 4)).sentence == "Of the 5 combinations 1 matches several rules and 1 matches none."
    assert one(("a", 1, 3)).sentence == "Of the 5 combinations 2 match none."
    assert one(("a", 1, 5), ("b", 3, 4)).sentence.startswith("Of the 5 combinations 2 match several rules. Nobody can get into")


def test_a_dead_rule_says_who_takes_its_combinations_before():
    dead = one(("a", 1, 2), ("b", 3, 3), ("c", 2, 3), ("d", 3, 3), ("e", 7, 8), wanted=["dead"])
    assert [(fault.segments, fault.codes) for fault in dead] == [
        (("c", "a", "b"), ((2,), (3,))),
        (("d", "b"), ((3,),)),
        (("e",), ()),
    ]
    assert [fault.sentence for fault in dead] == [
        "Nobody can get into “c”: its 2 combinations go to “a” and “b” before. For example: 2.",
        "Nobody can get into “d”: its 1 combination goes to “b” before. For example: 3.",
        "Nobody can get into “e”: no combination matches it.",
    ]
    assert (dead[2].example, dead[2].customer, dead[2].customers) == (None, None, None)


def test_the_example_of_equally_common_combinations_is_the_first():
    gap = one(("a", 1, 1), customers=people(p=4, q=3, r=3, s=4), wanted=["gap"])[0]
    assert (gap.example, gap.customer) == ((3,), "q")
    single = one(("a", 1, 1), customers=people(p=4), wanted=["gap"])[0]
    assert (single.example, single.customer) == ((4,), "p")


@pytest.mark.parametrize(("customers", "kind"), [(0, "empty"), (1, "tiny"), (4, "tiny"), (5, None), (6, None)])
def test_a_segment_is_tiny_below_five_customers(customers, kind):
    held = people(**{f"c{i}": 1 for i in range(9)}, **{f"d{i}": 4 for i in range(customers)})
    faults = one(("low", 1, 2), ("high", 3, 5), customers=held).faults
    assert [fault.kind for fault in faults] == [kind] * (kind is not None)
    if kind:
        assert (faults[0].segments, faults[0].customers, len(faults[0].codes)) == (("high",), customers, 3)
        assert faults[0].sentence == {
            0: "“high” is empty: no customer matches it.",
            1: "“high” is tiny (1 customer).",
            4: "“high” is tiny (4 customers).",
        }[customers]  # fmt: skip


def test_without_customers_no_segment_is_empty_or_tiny():
    assert one(("low", 1, 2), ("high", 3, 5)).sound


def test_a_segment_counts_the_customers_that_it_gets_and_not_those_that_another_gets_first():
    held = people(**{f"c{i}": 2 for i in range(9)}, a=3, b=4)
    (tiny,) = one(("low", 1, 2), ("high", 2, 5), customers=held, wanted=["tiny", "empty"])
    assert (tiny.segments, tiny.codes, tiny.customers) == (("high",), ((3,), (4,), (5,)), 2)


def test_codes_are_said_in_the_words_that_are_given():
    lines = [line("a", (1, 1), (1, 2))]
    assert lint(lines, [(1, 1), (1, 2), (2, 2)]).faults[0].sentence.endswith("For example: 2-2.")
    said = lint(lines, [(1, 1), (1, 2), (2, 2)], say=lambda code: f"row {code[0]}").faults[0].sentence
    assert said.endswith("For example: row 2.")
