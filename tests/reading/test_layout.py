"""Where the table is: titles above it, names in several rows, tables below one another, totals and remarks at its end."""

import pytest

from segkit.reading import layout
from segkit.reading.headers import has_header, header_rows, joined_names, rows_above
from segkit.reading.layout import Tables, is_sum, last_rows

FIVE = ["customer", "town", "date", "amount", "status"]
BODY = [[f"K{i}", "Bonn", f"2024-01-0{i}", f"{i}.50", "paid"] for i in range(1, 6)]


# Rows above.


@pytest.mark.parametrize(
    ("above", "expected"),
    [
        ([], 0),
        ([["Sales of the year"]], 1),
        ([["Sales of the year"], ["printed by the till"]], 2),
        ([["Sales", "", "", "", ""]], 1),
        ([["Sales", "2024", "", "", ""]], 1),
        ([["Shop:", "Anna's", "", "", ""], ["Year:", "2024", "", "", ""]], 2),
        ([["a", "b", "c", "d"]], 1),  # the row with a word over every column of values has the names
        ([["who", "", "what", "", ""]], 0),  # names of groups
        ([["who", "", "what"]], 0),
        ([["our", "shops", "", "", "list"]], 1),
        ([["a few", "", "", "", "words"], ["on", "our", "", "", "list"], ["of", "our", "orders", "", ""]], 3),
        ([["# a", "b", "c", "d"]], 1),
        ([["  % a", "b", "c", "d"]], 1),
        ([["// a", "b", "c", "d"]], 1),
        ([["# a", "b", "c", "d", "e"]], 0),
        ([["a", "b", "c", "d"], ["Sales"]], 2),
        ([["a", "b", "c", "d", "e"], ["Sales"]], 0),
    ],
)
def test_titles_and_remarks_above_the_names(above, expected):
    assert rows_above([*above, FIVE, *BODY], 5) == expected


@pytest.mark.parametrize("row", [["a", "b", "c", "d"], ["Shop:", "Anna's", "", "", ""]])
def test_a_blank_line_sets_apart_what_stands_above(row):
    rows = [row, FIVE, *([*cells[:2], "soon", "free", "paid"] for cells in BODY)]
    assert rows_above(rows, 5, [False] * 7) == 0, "no column of values tells that it is none of the names"
    assert rows_above(rows, 5, [False, True, *[False] * 5]) == 1
    assert rows_above(rows, 5, [True, False, *[False] * 5]) == 0


def test_names_of_groups_are_not_set_apart():
    rows = [["who", "", "what", "", ""], FIVE, *BODY]
    assert rows_above(rows, 5, [False] * 7) == 0
    assert rows_above(rows, 5, [False, True, *[False] * 5]) == 1


@pytest.mark.parametrize("width", [3, 4])
def test_a_pair_stands_above_the_names(width):
    pair = ["Shop:", "Anna's", "", ""][:width]
    assert rows_above([pair, FIVE[:width], *(row[:width] for row in BODY)], width, [False, True, *[False] * 5]) == 1


def test_a_short_row_is_a_title_up_to_a_third_of_the_width():
    names = [f"name {i}" for i in range(9)]
    for cells, expected in ((3, 1), (4, 0)):
        assert rows_above([["x"] * cells, names, names, names], 9) == expected
    assert rows_above([["x"] * 3 + [""] * 6, names, names, names], 9) == 0  # as wide as the table: it belongs to it


def test_a_title_over_two_columns_is_told_by_the_names_under_it():
    rows = [["Bonn", "3.50"], ["Ulm", "4.50"]]
    assert rows_above([["Sales by town", ""], ["town", "sum"], *rows], 2) == 1
    assert rows_above([["Sales by town", ""], ["in euros", ""], ["town", "sum"], *rows], 2) == 2
    assert rows_above([["town", ""], *rows], 2) == 0, "a name is missing: values follow at once"


def test_a_table_of_two_columns_may_have_one_filled_cell_in_its_first_row():
    assert rows_above([["Sales", ""], ["a", "b"], ["c", "d"]], 2) == 0
    assert rows_above([["Sales"], ["a", "b"], ["c", "d"]], 2) == 1
    assert rows_above([["Sales", "", ""], ["a", "b", "c"], ["c", "d", "e"]], 3) == 1


def test_a_list_of_one_column_has_nothing_above():
    assert rows_above([["Sales", "x"], ["town"], ["Bonn"]], 1) == 0
    assert rows_above([], 3) == 0


def test_at_most_thirty_rows_stand_above_and_never_the_last_one():
    assert rows_above([["remark"]] * 31 + [FIVE, *BODY], 5) == 30
    assert rows_above([["remark"]] * 3, 5) == 2


def test_what_rows_usually_hold_is_counted_below_the_first_thirty():
    pairs = [["Shop:", "Anna's", "", "", ""]] * 29
    assert rows_above([*pairs, FIVE], 5) == 0  # nearly all rows are pairs: these are the table
    assert rows_above([*pairs, FIVE, BODY[0]], 5) == 28  # what follows shows that they are not


# Names or none.


def column(*cells):
    return [[cell] for cell in cells]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([], False),
        (column("town"), True),
        (column("7"), False),
        (column("2024-01-05"), False),
        ([["town", "7"]], False),
        (column("town", "Bonn"), True),
        (column("7", "8", "9"), False),
        (column("7", "8"), False),
        (column("7", "a", "9"), True),  # half the cells below are no numbers
        (column("7", "a", "8", "9"), False),
        (column("7", "", " ", "9"), False),  # blanks do not count
        (column("2024", "a", "b"), True),
        (column("2024-01-05", "8", "9"), True),  # a date above numbers is no value of theirs
        (column("2024-01-05", "2024-01-06"), False),
        ([["group", "2021", "2022"], ["tea", "2,666", "2,274"], ["cups", "498", "853"]], True),  # years name columns
        ([["2022", "2021", "2020"], ["7", "8", "9"], ["5", "6", "7"]], True),
        ([["group", "2021", "2023"], ["tea", "66", "74"], ["cups", "98", "53"]], False),
        ([["group", "7", "8"], ["tea", "66", "74"], ["cups", "98", "53"]], False),
        ([["group", "2021", "2022"], ["tea", "2019", "2021"], ["cups", "2014", "2020"]], False),
        ([["town", "7"], ["Bonn"], ["Ulm"]], True),
        ([["town", "7"], ["Bonn"], ["Ulm", "9"]], False),
        ([["7", "8"], ["a", "b"], ["c", "9"], ["d", "7"]], False),
    ],
)
def test_values_above_values_are_no_names(rows, expected):
    assert has_header(rows) is expected


def test_two_hundred_rows_tell_whether_the_first_has_names():
    below = ["a", *["8"] * 100, *["b"] * 99, "9", "9"]
    assert has_header(column("7", *below))
    assert not has_header(column("7", *below[1:]))
    assert not has_header(column("7", *below[:199], "9", "9"))


TWO = [["1", "2"], ["3", "4"], ["5", "6"], ["7", "8"]]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([["7", "8"], *TWO], 0),
        ([["new", "old"], *TWO], 1),
        ([["new", "old"], ["pieces", "euros"], *TWO], 2),
        ([["new", "old"], ["pieces", "euros"], ["in", "all"], *TWO], 3),
        ([["new", "old"], ["pieces", "euros"], ["in", "all"], ["far", "more"], *TWO], 3),
        ([["new", "old"], ["new", "old"], *TWO], 2),
        ([["new", "old"], ["euros", "euros"], *TWO], 1),  # one word twice is a word for something unknown
        ([["new", "old"], ["pieces", "7"], *TWO], 1),
        ([["new", "old"], ["pieces", ""], *TWO], 1),
        ([["new", "old"], ["n/a", "unknown"], *TWO], 1),
        ([["new", "old"], ["n/a", "lost"], *TWO], 1),
        ([["new", "old"], ["pieces", "euros", "more"], *TWO], 1),
        ([["town"], ["town"], ["Bonn"], ["Ulm"], ["Köln"]], 1),
        ([["town", "land"], ["town", "land"], ["Bonn", "D"], ["Ulm", "D"]], 2),
        ([["town", "land"], ["Bonn", "D"], ["Ulm", "D"], ["Köln", "D"], ["Wien", "A"]], 1),
        ([["id", "do you agree?", ""], ["", "cheap", "good"], ["7", "yes", "no"], ["8", "no", "no"]], 2),
        ([["id", "shop", ""], ["7", "a", "b"], ["8", "b", "c"]], 1),
        ([["id", "shop", ""], ["", "a", "b"], ["", "b", "c"], ["", "a", "d"]], 1),
        ([["new", "old"]], 1),
        ([["new", "old"]] * 2, 1),
        ([["new", "old"]] * 3, 2),
        ([["new", "old"]] * 4, 3),
        ([["new", "old"]] * 5, 3),
    ],
)
def test_names_stand_in_up_to_three_rows(rows, expected):
    assert header_rows(rows) == expected


def test_eight_of_ten_cells_make_a_column_of_values():
    def rows_of_names(cells):
        return header_rows([["new", "old"], ["pieces", "euros"], ["1", "1"], *([cell, cell] for cell in cells)])

    assert rows_of_names(["1", "2", "3", "4", "x"]) == 2
    assert rows_of_names(["1", "2", "3", "x"]) == 1
    assert rows_of_names(["1", "2", "3", "4", "x", "", ""]) == 2  # blanks do not count
    assert rows_of_names(["1", "2"]) == 2
    assert rows_of_names(["1", ""]) == 1  # one value proves nothing
    assert rows_of_names(["2024-01-01", "2024-01-02"]) == 2


def test_columns_of_values_are_told_from_the_rows_below_all_possible_names():
    far = [["x", "y"]] * 40
    assert header_rows([["new", "old"], ["pieces", "euros"], ["1", "1"], *[["1", "2"]] * 198, *far]) == 2
    # of the 198 rows looked at, 158 are less than eight in ten
    assert header_rows([["new", "old"], ["pieces", "euros"], ["1", "1"], *[["1", "2"]] * 158, *far]) == 1
    assert header_rows([["new", "old"], ["pieces", "euros"], ["1", "1"], *[["1", "2"]] * 159, *far]) == 2


def test_values_beyond_the_last_name_do_not_break_the_names():
    assert header_rows([["new", "old"], ["pieces", "euros"], *[["1", "2", "3"]] * 3]) == 2


def test_a_column_of_values_that_ends_early_does_not_break_the_names():
    assert header_rows([["new", "old"], ["pieces", "euros"], ["1"], ["2"], ["3", "4"], ["5", "6"]]) == 2


# Names joined.


@pytest.mark.parametrize(
    ("rows", "names"),
    [
        ([], []),
        ([["town", "sum"]], ["town", "sum"]),
        ([["town", ""]], ["town", ""]),
        ([["who", "", "what", ""], ["id", "town", "day", "sum"]], ["who id", "who town", "what day", "what sum"]),
        ([["who", "", "what"], ["id", "town", "day", "sum"]], ["who id", "who town", "what day", "what sum"]),
        ([["who", "", "", ""], ["id", "town", "day", "sum"]], ["who id", "town", "day", "sum"]),
        ([["", "who", "what", ""], ["id", "town", "day", "sum"]], ["id", "who town", "what day", "what sum"]),
        ([["a", "b", "c", ""], ["1", "2", "3", "4"]], ["a 1", "b 2", "c 3", "c 4"]),
        ([["a", "b", "c", "d", ""], ["1", "2", "3", "4", "5"]], ["a 1", "b 2", "c 3", "d 4", "5"]),  # nearly all have a name
        ([["a", "", "b", ""], ["1", "", "3", ""]], ["a 1", "", "b 3", ""]),  # the lower row has no more than the upper
        ([["a"], ["1", "2"]], ["a 1", "2"]),
        ([["town", "n"], ["town", "m"]], ["town town", "n m"]),
    ],
)
def test_names_of_several_rows_become_one(rows, names):
    assert joined_names(rows) == names


def test_questions_and_items():
    rows = [["id", "How far do you agree?", "", "Where do you buy? (Select all that apply)"], ["", "cheap", "good", "Shop"]]
    assert joined_names(rows, once=True) == [
        "id",
        "How far do you agree?: cheap",
        "How far do you agree?: good",
        "Where do you buy? (Select all that apply): Shop",
    ]
    qualtrics = [["StartDate", "Q1"], ["Start Date", "Are you content?"], ['{"ImportId":"startDate"}', '{"ImportId":"QID1"}']]
    assert joined_names(qualtrics, once=True) == ["StartDate", "Q1 Are you content?"]
    groups = [["2023", "", "", ""], ["spring", "", "autumn", ""], ["sum", "n", "sum", "n"]]
    assert joined_names(groups, once=True) == ["2023 spring sum", "spring n", "autumn sum", "autumn n"]


def test_what_repeats_in_a_column_may_be_left_out():
    assert joined_names([["town", "n"], ["town", "m"], ["town", "n"]], once=True) == ["town", "n m"]


# Several tables in a file.

NAMES = ["town", "shops", "region"]
ROWS = [["Bonn", "3", "West"], ["Ulm", "4", "South"], ["Kiel", "5", "North"]]


def deal(blocks, names=("customer", "town", "amount"), width=None):
    """Deal blocks of rows with a blank line between them; return what deals, and (table, line, first cell) of each row."""
    lines, at = [], 1
    for block in blocks:
        for row in block:
            lines.append((at, row))
            at += 1
        at += 1
    tables = Tables(list(names), width or len(names))
    return tables, [(table, line, cells[0]) for table, line, cells in tables.deal(lines)]


FIRST = [["K1", "Bonn", "1.50"], ["K2", "Ulm", "2.50"]]


def test_rows_of_one_table_all_belong_to_it():
    tables, dealt = deal([FIRST])
    assert dealt == [(0, 1, "K1"), (0, 2, "K2")]
    assert (tables.rows, tables.begins, tables.widest, tables.ragged, tables.largest()) == ([2], [0], [3], [0], 0)
    assert deal([])[1] == []


def test_a_table_below_a_blank_line():
    tables, dealt = deal([FIRST, [NAMES, *ROWS]])
    assert dealt == [(0, 1, "K1"), (0, 2, "K2"), (1, 5, "Bonn"), (1, 6, "Ulm"), (1, 7, "Kiel")]
    assert (tables.names[1], tables.begins, tables.rows) == (NAMES, [0, 4], [2, 3])
    assert (tables.different(), tables.size(0), tables.size(1), tables.largest()) == ([0, 1], 6, 9, 1)
    assert tables.parts_of(0) == ([0], 0) and tables.parts_of(1) == ([1], 0)


def test_a_table_of_another_width_needs_no_blank_line():
    tables, dealt = deal([[*FIRST, ["town", "shops"], *(row[:2] for row in ROWS)]])
    assert [table for table, _, _ in dealt] == [0, 0, 1, 1, 1]
    assert (tables.begins, tables.rows, tables.widest) == ([0, 3], [2, 3], [3, 2])


@pytest.mark.parametrize(
    "below",
    [
        [NAMES, *ROWS[:1]],  # two rows at least are a table
        [NAMES, ROWS[0], ["Ulm", "4"], ROWS[2]],  # as wide as their names
        [["town", "shops", "7"], *ROWS],
        [["town", "2024-01-05", "shops"], *ROWS],
        [["town", "town", "region"], *ROWS],
        [["town", "", ""], *ROWS],
        [["", "town", "shops"], *ROWS],  # two names for three columns
        [["town", "x" * 61, "region"], *ROWS],
        [NAMES, ["Bonn", "three", "West"], *ROWS],  # no values where words stood
        [NAMES, ROWS[0], ["Ulm", "four", "South"], ROWS[2]],
    ],
)
def test_what_is_no_further_table_stays_in_the_first(below):
    tables, dealt = deal([FIRST, below])
    assert {table for table, _, _ in dealt} == {0} and len(dealt) == 2 + len(below)
    assert tables.names == [["customer", "town", "amount"]]


@pytest.mark.parametrize(
    "names",
    [
        ["town", "x" * 60, "region"],
        ["town", "shops", ""],  # blanks behind the last name do not count
        ["town", " shops ", "region"],
    ],
)
def test_names_of_a_further_table(names):
    assert [table for table, _, _ in deal([FIRST, [names, *ROWS]])[1]] == [0, 0, 1, 1, 1]


def test_four_names_for_five_columns_are_enough():
    rows = [["Bonn", "3", "West", "x", "y"]] * 2
    assert {table for table, _, _ in deal([FIRST, [["town", "", "region", "a", "b"], *rows]])[1]} == {0, 1}
    assert {table for table, _, _ in deal([FIRST, [["town", "", "region", "a"], *(r[:4] for r in rows)]])[1]} == {0}


def test_no_table_begins_where_the_last_one_has_no_rows_yet():
    assert {table for table, _, _ in deal([[["town", "shops"], ["Bonn", "3"], ["Ulm", "4"]], FIRST])[1]} == {0}


def test_a_row_like_names_in_the_middle_is_a_row():
    assert [table for table, _, _ in deal([[*FIRST, NAMES, *ROWS]])[1]] == [0] * 6


def test_line_breaks_within_a_cell_are_no_blank_lines():
    tables = Tables(["customer", "remark", "n"], 3)
    names = ["town", "shops", "region"]
    broken, apart = ((1, ["K1", "one\ntwo\nthree", "4"]), (4, names)), ((1, ["K1", "one\ntwo", "4"]), (4, names))
    rows = [(5, ROWS[0]), (6, ROWS[1])]
    assert {table for table, _, _ in tables.deal([*broken, *rows])} == {0}
    assert {table for table, _, _ in Tables(["customer", "remark", "n"], 3).deal([*apart, *rows])} == {0, 1}


def test_ragged_rows_and_the_widest_are_counted_for_each_table():
    tables, _ = deal([[*FIRST, ["K3"], ["K4", "Kiel", "3", "late"]], [NAMES, *ROWS, ["Hof", "1"]]])
    assert (tables.rows, tables.ragged, tables.widest) == ([4, 4], [2, 1], [4, 3])


def test_names_once_more_begin_a_part_of_the_same_table():
    names = ["customer", "town", "amount"]
    tables, dealt = deal([[*FIRST, names, ["K3", "Kiel", "3.50"]]], names)
    assert dealt == [(0, 1, "K1"), (0, 2, "K2"), (1, 4, "K3")]
    assert tables.parts_of(0) == ([0, 1], 0)
    assert (tables.different(), tables.size(0), tables.largest()) == ([0], 9, 0)


def test_names_of_a_further_table_once_more_belong_to_that_one():
    blocks = [FIRST, [NAMES, *ROWS], [["customer", "town", "amount"], ["K3", "Kiel", "3.50"]], [NAMES, ["Hof", "6", "North"]]]
    tables, dealt = deal(blocks)
    assert [table for table, _, _ in dealt] == [0, 0, 1, 1, 1, 2, 3]
    assert (tables.different(), tables.parts_of(0), tables.parts_of(1)) == ([0, 1], ([0, 2], 0), ([1, 3], 0))
    assert (tables.size(0), tables.size(1), tables.largest()) == (9, 12, 1)


def test_names_of_a_further_table_are_known_again_without_a_blank_line():
    tables, dealt = deal([FIRST, [NAMES, *ROWS, NAMES, ["Hof", "6", "North"]]])
    assert [table for table, _, _ in dealt] == [0, 0, 1, 1, 1, 2] and tables.parts_of(1) == ([1, 2], 0)


def test_a_cell_that_repeats_the_only_name_is_a_row():
    assert deal([[["Bonn"], ["town"], ["Ulm"]]], ["town"])[1] == [(0, 1, "Bonn"), (0, 2, "town"), (0, 3, "Ulm")]


def copies(first, second):
    names = ["customer", "n"]
    return deal([[*([c, "1"] for c in first), names, *([c, "1"] for c in second)]], names)[0].parts_of(0)


def test_a_table_that_stands_there_twice_is_a_copy_and_no_part():
    assert copies("abcd", "abcd") == ([0], 1)
    assert copies("abcd", "abc") == ([0], 1)
    assert copies("abcd", "ab") == ([0, 1], 0)  # no more than half
    assert copies("abcd", "abd") == ([0, 1], 0)
    assert copies("abcd", "abcde") == ([0, 1], 0)
    assert copies("abcd", "") == ([0, 1], 0)


def test_only_so_many_rows_are_compared(monkeypatch):
    monkeypatch.setattr(layout, "_COMPARED", 4)
    assert copies("abcd", "abcd") == ([0, 1], 0)  # the first table filled the memory: nothing is left to compare
    monkeypatch.setattr(layout, "_COMPARED", 5)
    assert copies("abcd", "abcd") == ([0], 1)
    assert layout._COMPARED == 5


def test_the_larger_table_has_more_rows_but_more_than_six_columns_do_not_count():
    wide = [f"c{i}" for i in range(7)]
    tables, _ = deal([[["x"] * 7] * 2, [["town", "shops"], ["Bonn", "3"], ["Ulm", "4"]]], wide)
    assert (tables.size(0), tables.size(1)) == (12, 4)
    six, _ = deal([[["x"] * 6] * 2], wide[:6])
    five, _ = deal([[["x"] * 5] * 2], wide[:5])
    assert (six.size(0), five.size(0)) == (12, 10)


def test_of_equal_tables_the_first_is_taken():
    assert deal([ROWS, [NAMES, *ROWS]])[0].largest() == 0


# The end.

BELOW = [[f"K-{i:03d}", "Bonn", f"{i}.50", "paid"] for i in range(10)]


@pytest.mark.parametrize(
    ("end", "expected"),
    [
        ([], 0),
        ([BELOW[0]], 0),
        ([["Total", None, "45.00", None]], 1),
        ([["Total", None, "45.00", None], ["40 rows", None, None, None]], 2),
        ([["Total", None, "45.00", None], [None] * 4, [""] * 4], 3),
        ([[None] * 4], 0),
        ([["Total", None, "45.00", None], BELOW[0]], 0),
        ([BELOW[0], ["Total", None, "45.00", None]], 1),
        ([["Total", None, "45.00", None], ["K-011", "Ulm", None, None], ["Total", None, "45.00", None]], 1),
        ([["Total", "Bonn", "45.00", None]], 0),
        ([["Total", "1", "45.00", "2"]], 0),  # a full row is an order of the firm "Total"
        ([["end of the list", None, None, None]], 1),
        ([["END", None, None, None]], 1),
        ([["K-011", None, None, None]], 0),
        ([[None, None, "as agreed", None]], 1),
        ([[None, None, "7.50", None]], 0),
        ([[None, "Kiel", None, None]], 0),
        ([[None, "as it is", None, None]], 0),  # eight letters, where towns have four
        ([[None, "as it was", None, None]], 1),
        ([[None, "Frankfurt", None, None]], 0),
        ([["end of the list", "so far", None, None]], 0),
    ],
)
def test_totals_and_remarks_at_the_end(end, expected):
    assert last_rows(BELOW, end) == expected


def test_at_most_thirty_rows_at_the_end_are_set_apart_and_never_the_whole_table():
    total = ["Total", None, "45.00", None]
    assert last_rows(BELOW * 5, [total] * 31) == 30
    assert last_rows(BELOW[:3], [total] * 3) == 2


def test_a_text_among_values_is_a_remark_where_eight_in_ten_are_values():
    def among(cells):
        return last_rows([["K", "Bonn", cell] for cell in cells], [[None, None, "agreed"]])

    assert among(["1", "2", "3", "4", "offered"]) == 1
    assert among(["1", "2", "3", "offered"]) == 0
    assert among(["", None, "3"]) == 1
    assert among(["", None, ""]) == 0  # nothing is known of the column


def test_a_text_without_digits_is_a_remark_where_nine_in_ten_have_some():
    def among(with_digits, without, text="end"):
        return last_rows([["A1B2", "x", "y"]] * with_digits + [["ABCD", "x", "y"]] * without, [[text, None, None]])

    assert among(9, 1) == 1
    assert among(8, 1) == 0
    assert among(9, 1, "B7") == 0


def test_the_last_row_of_a_narrow_table():
    body = [["Bonn", "1"], ["Ulm", "2"], ["Kiel", "3"]]
    assert last_rows(body, [["to be continued some day", None]]) == 1
    assert last_rows(body, [["Bergisch-Gladbach", None]]) == 0
    assert last_rows([row[:1] for row in body], [["to be continued some day"]]) == 0
    assert last_rows(body, [["Total", "6"]]) == 1
    assert last_rows([[*row, "x"] for row in body], [["to be continued some day", None, None]]) == 1


@pytest.mark.parametrize(
    ("end", "expected"),
    [
        ([[None, "also like", "to write", None]], 1),  # words where only sums stand
        ([[None, None, "at the", "bottom"]], 1),
        ([["K-011", "Bonn", None, "lost"]], 0),
        ([["K-011", "Bonn", "unknown", None]], 0),
        ([["K-011", None, "7.50", None]], 0),
        ([["K-011", "Bonn", "free", "paid"]], 0),  # full: a row of the table, however odd
    ],
)
def test_notes_of_several_cells_at_the_end(end, expected):
    assert last_rows(BELOW, end) == expected


def test_a_row_of_the_body_may_be_short():
    assert last_rows([["K1", "Bonn", "1"], ["K2"], ["K3", "Ulm", "3"]], [[None, None, "agreed"]]) == 1


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (["Total", None, "5"], True),
        (["Total:", "", "5"], True),
        ([None, "Total", "5"], True),
        (["Total", None, None], True),
        (["Total", "Bonn", None], False),
        (["Total", "1", "2"], False),
        (["Total", "2"], True),
        (["Bonn", None, "5"], False),
        (["5", None, "Total"], False),
        ([None, None], False),
        ([], False),
        (["Total", "null", "5"], True),
    ],
)
def test_a_sum_is_a_word_for_it_with_values_behind_and_a_gap(row, expected):
    assert is_sum(row) is expected


@pytest.mark.parametrize(
    "word",
    ["Grand Total", "sub-total", "Subtotal", "SUMME:", "Gesamtsumme", "gesamt", "Zwischensumme", "Итого", "Total général",
     "Total of May", "** Total **", "Sum EUR", "Razem", "Totale"],
)  # fmt: skip
def test_words_for_sums(word):
    assert is_sum([word, None, "5"])


@pytest.mark.parametrize("word", ["Total Energy Ltd", "Totalis", "Sumatra", "Grand Hotel", "in total", "Suma Foods"])
def test_words_that_only_begin_like_sums(word):
    assert not is_sum([word, None, "5"])


@pytest.mark.parametrize("text", ["40 rows", "1 record", "40 Zeilen gelesen", "(40 lines)", "12 filas"])
def test_a_number_of_rows_is_a_remark_in_any_column(text):
    assert last_rows([["a 1", "b", "c"]] * 4, [[text, None, None]]) == 1


def test_a_number_of_pieces_is_no_remark():
    assert last_rows([["40 boxes", "b", "c"]] * 4, [["50 boxes", None, None]]) == 0
