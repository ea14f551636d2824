"""Rows out of lines: where quotes are as they should be, and where they are not."""

import csv

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from segkit.reading.text.parse import BLANKS, MOST_STRAY, Marks, numbered_rows, split_rows


def rows(text, delimiter=",", width=0, **marks):
    return list(split_rows(text.split("\n"), Marks(delimiter, **marks), width))


CELL = st.text('ab ,"\n', max_size=5)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.lists(CELL, min_size=3, max_size=3).filter(lambda row: any(map(str.strip, row))), min_size=1, max_size=4))
def test_a_regular_file_is_read_as_the_standard_library_reads_it(table):
    import io

    out = io.StringIO()
    csv.writer(out, lineterminator="\n", quoting=csv.QUOTE_ALL).writerows(table)
    text = out.getvalue().removesuffix("\n")
    assert rows(text) == rows(text, width=3) == list(csv.reader(io.StringIO(text, newline=""))) == table


@pytest.mark.parametrize("width", [0, 3])
@pytest.mark.parametrize(
    ("line", "cells"),
    [
        ("a,b,c", ["a", "b", "c"]),
        (" a , b ,c ", [" a ", " b ", "c "]),
        (",,", ["", "", ""]),
        ('a,"b",', ["a", "b", ""]),
        ('"a","","c"', ["a", "", "c"]),
        ('a,"b, or so",c', ["a", "b, or so", "c"]),
        ('a,"say ""yes""",c', ["a", 'say "yes"', "c"]),
        ('"""a""",b,c', ['"a"', "b", "c"]),
        ('"a"  ,"b" ,"c"  ', ["a", "b", "c"]),
        ('a,6" pipe,c', ["a", '6" pipe', "c"]),
        ('a,"not "closed" yet",c', ["a", 'not "closed" yet', "c"]),
        ('a,"two\nlines",c', ["a", "two\nlines", "c"]),
        ('a,"\n\n",c', ["a", "\n\n", "c"]),
        ('a,"","\n"', ["a", "", "\n"]),
        ('a,"he said ""\nso""",c', ["a", 'he said "\nso"', "c"]),
    ],
)
def test_the_cells_of_one_row(line, cells, width):
    assert rows(line, width=width) == [cells]


@pytest.mark.parametrize(
    ("line", "marks", "cells"),
    [
        ("a   b c", {"delimiter": BLANKS}, ["a", "b", "c"]),
        ('  a   "b c"  d  ', {"delimiter": BLANKS}, ["a", "b c", "d"]),
        ('"a b"   c', {"delimiter": BLANKS}, ["a b", "c"]),
        ("a   b c", {"delimiter": BLANKS, "quote": ""}, ["a", "b", "c"]),
        ('a "b c"', {"delimiter": BLANKS, "quote": ""}, ["a", '"b', 'c"']),
        ('"a b"  c', {"delimiter": " "}, ["a b", "", "c"]),
        ("a, b , c", {"delimiter": ",", "padded": True}, ["a", "b", "c"]),
        ('a, "b, c" , d ', {"delimiter": ",", "padded": True}, ["a", "b, c", "d"]),
        ('a,  "b",c ', {"delimiter": ",", "padded": True}, ["a", "b", "c"]),
        ('a, "b",c ', {"delimiter": ","}, ["a", ' "b"', "c "]),
        ("two blanks", {"delimiter": BLANKS}, ["two", "blanks"]),
        ("a, b", {"delimiter": ""}, ["a, b"]),
        ('"a, ""b"""', {"delimiter": ""}, ['a, "b"']),
        ('"a" b', {"delimiter": ""}, ['"a" b']),
        ('a,"b,c"', {"delimiter": ",", "quote": ""}, ["a", '"b', 'c"']),
        ("a,'b, it''s',\"c\"", {"delimiter": ",", "quote": "'"}, ["a", "b, it's", '"c"']),
        (r'"a \"b\", c",d', {"delimiter": ",", "escape": "\\"}, ['a "b", c', "d"]),
        (r'"so \"a\"",d', {"delimiter": ",", "escape": "\\"}, ['so "a"', "d"]),
        (r'"C:\\","d"', {"delimiter": ",", "escape": "\\"}, ["C:\\", "d"]),
        (r'"a\", b",d', {"delimiter": ",", "escape": "\\"}, ['a", b', "d"]),
        (r'"a\n",d', {"delimiter": ",", "escape": "\\"}, [r"a\n", "d"]),
        (r'"C:\","d"', {"delimiter": ","}, ["C:\\", "d"]),
        ('a|"b^|c"', {"delimiter": "|", "escape": "^"}, ["a", "b^|c"]),
    ],
)
@pytest.mark.parametrize("known", [True, False])
def test_other_signs(line, marks, cells, known):
    assert rows(line, width=len(cells) * known, **marks) == [cells]


def test_each_row_knows_the_line_where_it_begins():
    lines = ["a,b", "", " \t\x0b\x0c\r", '1,"x', "", 'y"', "2,z"]
    assert list(numbered_rows(lines, Marks(","), 2)) == [(0, ["a", "b"]), (3, ["1", "x\n\ny"]), (6, ["2", "z"])]
    assert list(numbered_rows(["", "a"], Marks(","), 1)) == [(1, ["a"])]
    assert list(numbered_rows(["", "a"], Marks(","), 0)) == [(1, ["a"])]


def test_a_line_of_tabs_is_a_row_of_empty_cells_and_nothing_in_another_file():
    assert rows("a\tb\n\t\n  \n1\t2", "\t", 2) == [["a", "b"], ["", ""], ["1", "2"]]
    assert rows("a;b\n\t\n1;2", ";", 2) == [["a", "b"], ["1", "2"]]


@pytest.mark.parametrize(("more", "closed"), [(200, True), (201, False)])
def test_a_quoted_cell_spans_so_many_lines_and_no_more(more, closed):
    found = rows('a,"b' + "\nx" * (more - 1) + '\nb",c')
    assert (len(found) == 1) is closed
    assert found[0] == (["a", "b" + "\nx" * (more - 1) + "\nb", "c"] if closed else ["a", '"b'])


@pytest.mark.parametrize(
    ("width", "line", "cells"),
    [
        (3, '"x"",b,c', ['x"', "b", "c"]),
        (3, 'a,"never closed,c', ["a", '"never closed', "c"]),
        (3, '"6 inch,"b, or so",c', ['"6 inch', "b, or so", "c"]),
        (3, 'a,"6 inch,"c, or so"', ["a", '"6 inch', "c, or so"]),
        (3, '"a,b","c', ['"a', 'b"', '"c']),
        (2, '"a" b","c', ['a" b', '"c']),
    ],
)
def test_a_stray_quote_costs_no_other_cell(width, line, cells):
    assert rows(f"{line}\n" + ",".join("x" * width), width=width) == [cells, ["x"] * width]


@pytest.mark.parametrize(("at", "found"), [(MOST_STRAY - 1, True), (MOST_STRAY, False)])
def test_a_stray_quote_is_looked_for_in_the_first_cells(at, found):
    (cells,) = rows(",".join(["x"] * at + ['"6 inch', '"b, or so"']), width=at + 2)
    assert cells[at:] == (['"6 inch', "b, or so"] if found else ['6 inch,"b, or so'])


WHOLE, OTHER = "b,c,2", "just text"


@pytest.mark.parametrize(
    ("between", "swallowed"),
    [([WHOLE], False), ([OTHER], True), ([WHOLE, OTHER], False), ([OTHER, OTHER], True), ([WHOLE, OTHER, OTHER, "b,c"], True)],
)
def test_rows_behind_a_quote_that_nobody_closed_stay_rows(between, swallowed):
    """Where more than half of the lines inside the quote are rows of their own, none of them belongs to the cell."""
    lines = ['a,"open', *between, 'd,e,"f"', "x,y,z"]
    found = rows("\n".join(lines), width=3)
    if swallowed:
        assert found == [["a", "\n".join(["open", *between, 'd,e,"f'])], ["x", "y", "z"]]
    else:
        assert found[0] == ["a", '"open'] and found[-2:] == [["d", "e", "f"], ["x", "y", "z"]] and len(found) == len(lines)


def test_lines_without_any_delimiter_belong_to_the_cell_that_a_quote_opened():
    assert rows('a;"open\nmore\nend"', ";", 1) == [["a", "open\nmore\nend"]]
    assert rows('a "open\nmore\nend"', "", 1) == [['a "open'], ["more"], ['end"']]


@pytest.mark.parametrize(
    ("width", "line", "cells"),
    [
        (3, "x;town;1", ["x", "town", "1"]),
        (3, "x\ttown\t1", ["x", "town", "1"]),
        (3, "x|town|1", ["x", "town", "1"]),
        (3, 'x;"town; old";1', ["x", "town; old", "1"]),
        (3, '"a,b";"c";"d"', ["a,b", "c", "d"]),
        (2, "x;1", ["x;1"]),
        (3, "x;1", ["x;1"]),
        (3, "# x;town;1", ["# x;town;1"]),
        (3, " # x;town;1", [" # x;town;1"]),
        (3, "x;y;1,5", ["x;y;1", "5"]),
        (3, "x;y;1,5,6", ["x;y;1", "5", "6"]),
        (3, "x town 1", ["x town 1"]),
        (6, "a b c d e f", ["a b c d e f"]),
        (7, "a b c d e f g", list("abcdefg")),
        (3, "x;town;1;|y|", ["x;town;1;", "y", ""]),
    ],
)
def test_a_row_written_with_another_delimiter_than_the_rest(width, line, cells):
    assert rows(line, width=width) == [cells]


def test_a_row_of_another_delimiter_keeps_its_cells_over_several_lines():
    assert rows('x;"two\nlines";1\na,b,c', width=3) == [["x", "two\nlines", "1"], ["a", "b", "c"]]
    assert rows("x,town,1", ";", 3) == [["x", "town", "1"]]
    assert rows("x,t,1", BLANKS, 3) == [["x", "t", "1"]]


def test_without_a_width_no_row_is_taken_for_one_of_another_delimiter():
    assert rows("x;town;1") == [["x;town;1"]]
