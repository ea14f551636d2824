"""The linter of rule tables, on tables that people use."""

from itertools import product

import pandas as pd
from hypothesis import given
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
def test_counts_agree_with_asking_each_code_one_by_one(drawn):
    lines = [Line(name, frozenset((n,) for n in codes)) for name, codes in drawn]
    found = lint(lines, [(n,) for n in range(10)])
    wanted = [{name for name, codes in drawn if n in codes} for n in range(10)]
    assert found.overlapping == sum(len(names) > 1 for names in wanted)
    assert found.unmatched == sum(not names for names in wanted)
    won = {next((name for name, codes in drawn if n in codes), None) for n in range(10)}
    assert set(found.dead) == {name for name, _ in drawn} - won
    assert found.sound == (not found.overlapping and not found.unmatched and not found.dead)
