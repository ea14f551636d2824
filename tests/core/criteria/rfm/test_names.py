"""The naming table of RFM as one sees it: rows from the best score of recency down, columns by the sum of two scores."""

import pytest

from segkit.core.criteria.rfm.names import NAMES, ONCE, every_cell, naming_table, of_ones_own, segment_of_cell, usual
from segkit.decisions.criteria import NameRule

LETTERS = {
    "c": "champions", "l": "loyal", "p": "promising", "q": "cannot_lose", "s": "slipping", "x": "lost", "n": "new",
    "o": "one_time", "1": "once", "b": "best", "m": "middle", "k": "small", "a": "active", "f": "cooling", "g": "quiet",
}  # fmt: skip

TABLES = {
    # (recency, value, bought once): scores 5 to 1 of recency; orders and money together 2 to 10
    (True, True, False): ("ppplllccc", "ppplllccc", "pppllllll", "xxxsssqqq", "xxxsssqqq"),
    (True, True, True): ("nnnnnnnnn", "nnnnnnnnn", "ooooooooo", "ooooooooo", "ooooooooo"),
    (False, True, False): ("kkkmmmbbb",) * 5,
    (False, True, True): ("111111111",) * 5,
    (True, False, False): ("aaaaaaaaa", "aaaaaaaaa", "fffffffff", "ggggggggg", "ggggggggg"),
    (True, False, True): ("nnnnnnnnn", "nnnnnnnnn", "ooooooooo", "ooooooooo", "ooooooooo"),
}


@pytest.mark.parametrize(("known", "rows"), TABLES.items())
def test_each_cell_has_its_segment(known, rows):
    recency, value, once = known
    for r, f, m in every_cell():
        wanted = LETTERS[rows[5 - r][f + m - 2]]
        assert segment_of_cell((r, f, m), recency=recency, value=value, one_time=once) == wanted, (r, f, m)
    table = naming_table(recency=recency, value=value)
    assert all(
        name == LETTERS[rows[5 - r][f + m - 2]] for (bought_once, (r, f, m)), name in table.items() if bought_once == once
    )


def test_without_further_word_all_three_are_known_and_the_customer_came_back():
    assert segment_of_cell((5, 5, 5)) == "champions" and segment_of_cell((1, 1, 1)) == "lost"
    assert (
        naming_table() == naming_table(recency=True, value=True, one_time=True) == dict(usual(recency=True, value=True).table)
    )
    assert len(every_cell()) == len(set(every_cell())) == 125 and len(naming_table(one_time=False)) == 125


def test_the_workbooks_own_table_has_no_lines_and_asks_who_bought_once():
    assert usual(recency=True, value=True).once_apart and usual(recency=False, value=True).table[True, (5, 5, 5)] == "once"
    assert usual(recency=True, value=False).table[False, (5, 1, 1)] == "active"
    assert dict(usual(recency=True, value=True).titles) == dict(NAMES)


def own(*rules):
    return of_ones_own([NameRule(name=name, **ranges) for name, ranges in rules], recency=True, value=True)


def test_the_first_line_that_fits_counts_and_who_fits_none_is_one_of_the_rest():
    naming = own(
        ("Good", {"recency": (4, 5)}), ("Rich", {"monetary": (5, 5)}), ("Odd", {"frequency": (2, 2), "recency": (3, 5)})
    )
    wanted = {
        (5, 2, 5): "own_1",
        (4, 1, 1): "own_1",
        (3, 2, 5): "own_2",
        (3, 2, 4): "own_3",
        (3, 3, 4): "rest",
        (1, 2, 4): "rest",
    }
    assert {cell: naming.table[False, cell] for cell in wanted} == wanted
    assert not naming.once_apart and [line.segment for line in naming.lines] == ["own_1", "own_2", "own_3"]


def test_who_bought_once_stands_apart_before_all_lines():
    naming = own(("All", {}))
    assert {naming.table[False, cell] for cell in every_cell()} == {"own_1"}
    assert (naming.table[True, (4, 5, 5)], naming.table[True, (3, 5, 5)]) == ("new", "one_time")
    without = of_ones_own([NameRule(name="All")], recency=False, value=True)
    assert without.table[True, (4, 5, 5)] == "once"


def test_segments_stand_in_the_order_of_the_lines_and_then_the_rest_and_who_bought_once():
    naming = own(*((f"Line {i}", {"recency": (1, 1)}) for i in range(1, 11)))
    assert list(naming.titles) == [*(f"own_{i}" for i in range(1, 11)), "rest", *ONCE]
    assert naming.titles["own_10"][0] == "Line 10"
    assert naming.titles["rest"][0] == "Everyone else" and naming.titles["new"] == NAMES["new"]


def test_lines_of_one_name_are_one_segment_said_by_the_first_of_them():
    naming = own(("A", {"recency": (5, 5)}), ("B", {"recency": (4, 4)}), ("A", {"recency": (3, 3)}))
    assert [line.segment for line in naming.lines] == ["own_1", "own_2", "own_1"]
    assert [naming.table[False, (r, 1, 1)] for r in (5, 4, 3, 2)] == ["own_1", "own_2", "own_1", "rest"]
    assert naming.titles["own_1"] == ("A", "score recency 5 of 5") and "own_3" not in naming.titles


@pytest.mark.parametrize(
    ("ranges", "said"),
    [
        ({}, "have any scores"),
        ({"recency": (1, 4)}, "score recency 1 to 4 of 5"),
        ({"recency": (2, 5)}, "score recency 2 to 5 of 5"),
        ({"frequency": (3, 3)}, "score orders 3 of 5"),
        ({"recency": (1, 2), "frequency": (5, 5), "monetary": (4, 5)}, "score recency 1 to 2, orders 5 and money 4 to 5 of 5"),
    ],
)
def test_a_line_is_said_by_the_scores_that_it_asks_for(ranges, said):
    assert own(("A", ranges)).titles["own_1"] == ("A", said)
