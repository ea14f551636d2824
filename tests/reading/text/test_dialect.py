"""How a text file marks its cells: each decision with the evidence for it, and one piece too little of it."""

import pytest

from segkit.reading.text.dialect import (
    DELIMITERS,
    LATER_LINES,
    SAMPLE_LINES,
    Dialect,
    Told,
    _candidates,
    _fitness,
    _is_clean,
    _is_padded,
    _width,
    detect,
)
from segkit.reading.text.parse import BLANKS, Marks

SHOP = [["name", "town", "spent"], ["Ann", "Bonn", "12.50"], ["Bo", "Kiel", "7.20"], ["Cy", "Mainz", "3.10"]]


def lines_of(*rows, sign=","):
    return "".join(sign.join(row) + "\n" for row in rows)


@pytest.mark.parametrize("delimiter", [sign for sign in DELIMITERS if sign not in ("", BLANKS)])
def test_every_delimiter_is_told_by_a_small_table(delimiter):
    found = detect(lines_of(*SHOP, sign=delimiter))
    assert found == Dialect(Marks(delimiter), skip=0, header=1, width=3)


@pytest.mark.parametrize(
    ("text", "delimiter", "width"),
    [
        ("name;price\nAnn;1,50\nBo;2,75\nCy;3,25\n", ";", 2),
        ("name,town\nAnn Smith,Bad Ems\nBo Brown,New York\n", ",", 2),
        ("day|from|until\nmonday|08:30|09:15\ntuesday|10:30|11:15\n", "|", 3),
        ("name    town     spent\nAnn     Bonn     12.50\nBo      Kiel      7.20\n", BLANKS, 3),
        ("town\nBonn\nKiel\n", "", 1),
        ("text\nso, it is\nnothing\n", "", 1),
        ("a:b\n1:2\n3:4\n", ":", 2),
        ("a~b\n1~2\n", "~", 2),
    ],
)
def test_the_delimiter_that_explains_most(text, delimiter, width):
    found = detect(text)
    assert (found.marks.delimiter, found.width, found.skip) == (delimiter, width, 0)


def test_a_person_tells_delimiter_lines_above_and_names():
    text = "one;1,2\ntwo;3,4\nthree;5,6\nfour;7,8\n"
    assert detect(text, told=Told(delimiter=",")).marks == Marks(",")
    assert detect(text, told=Told(delimiter="")).width == 1
    assert detect(text).header == 0
    assert detect(text, told=Told(header=True)).header == 1
    assert detect(lines_of(*SHOP)).header == 1
    assert detect(lines_of(*SHOP), told=Told(header=False)).header == 0
    assert detect(lines_of(*SHOP), told=Told(header=True)).header == 1
    assert detect("x;y\nz\n" + lines_of(*SHOP), told=Told(skip=2)) == Dialect(Marks(","), 2, 1, 3)
    assert detect("x;y\n\n" + lines_of(*SHOP), told=Told(skip=1)).skip == 2, "blank lines are above the table, too"
    titled = "Sales\n\n" + lines_of(*SHOP)
    assert (detect(titled).skip, detect(titled, told=Told(skip=0)).skip) == (2, 0), "as told, titles or not"


def test_two_rows_of_names_stay_two_where_a_person_says_that_there_are_names():
    text = "name,sold,paid\n,pieces,euro\n" + "".join(f"n{i},{i},{i}.5\n" for i in range(9))
    assert detect(text).header == detect(text, told=Told(header=True)).header == 2


@pytest.mark.parametrize(
    ("above", "skip"),
    [
        ("", 0),
        ("\n", 1),
        ("Sales of the year\n", 1),
        ("Sales of the year\nprinted by the till\n\n", 3),
        ("Shop,Mainz\n\n", 2),
        ("Shop,Mainz\n", 1),
        ("\nShop,Mainz\n\n\n", 4),
    ],
)
def test_lines_above_the_table_are_counted(above, skip):
    table = "".join(f"n{i},t{i},{i}.5,{i}\n" for i in range(6))
    assert detect(above + "name,town,spent,pieces\n" + table).skip == skip


def test_a_last_line_that_may_be_cut_off_does_not_count():
    assert detect("a,b\n1,2,3", whole=True).width == 3, "of two widths equally common the larger one"
    assert detect("a,b\n1,2,3", whole=False).width == 2
    assert detect("a,b\n1,2,3\n", whole=True).width == 3
    assert detect("a,b,c", whole=False).width == 3, "one line is all there is"
    assert detect("a,b,c", whole=True).width == 3


def test_nothing_at_all_is_one_column_without_names():
    for text in ("", "\n"):
        found = detect(text)
        assert (found.skip, found.header, found.width) == (0, 0, 1)
    found = detect("a,b\n", told=Told(skip=5))
    assert (found.skip, found.header, found.width) == (5, 0, 1), "nothing is left below so many lines"


def test_so_many_lines_of_the_beginning_are_looked_at():
    half = SAMPLE_LINES // 2
    text = "a,b\n" * half + "a,b,c\n" * half
    assert detect(text + "a,b\n" * 50).width == 3, "equally common among those looked at"
    assert detect("above\n" + text + "a,b\n" * 50, told=Told(skip=1)).width == 3
    assert detect("a,b\n" + text + "a,b\n" * 50).width == 2


def test_lines_from_later_in_the_file_count_as_well():
    assert detect("a,b\n1,2\n", later="1,2,3\n4,5,6\n7,8,9").width == 3
    for pairs, width in ((LATER_LINES, 5), (LATER_LINES + 1, 3)):  # of more than twice as many every other one
        assert detect("a,b\n", later="\n".join(["1,2,3", "1,2,3,4,5"] * pairs)).width == width
    every_fourth = "\n".join(["1,2,3", *["1,2"] * 3] * LATER_LINES) + "\n"
    assert detect("a,b\n", later=every_fourth).width == 3


@pytest.mark.parametrize(
    ("sample", "delimiter", "quotes"),
    [
        ("a,b", ",", ['"']),
        ("it's,so", ",", ['"']),
        ("'a',b", ",", ['"', "'"]),
        ("a,'b c", ",", ['"', "'"]),
        ("a, 'b c", ",", ['"', "'"]),
        ("a,  'b c", ",", ['"']),
        ("a b',c", ",", ['"', "'"]),
        ("a,b c'", ",", ['"', "'"]),
        ("x,y\n'a b,c", ",", ['"', "'"]),
        ("'a'", "", ['"']),
        ("a  'b'", BLANKS, ['"', "'"]),
        ("a.'b'", ".", ['"', "'"]),
        ("ab'b'c", ".", ['"']),
    ],
)
def test_apostrophes_are_quotes_only_at_the_border_of_a_cell(sample, delimiter, quotes):
    assert [marks.quote for marks in _candidates(sample, delimiter)] == quotes


@pytest.mark.parametrize(
    ("sample", "escape"),
    [
        (r'"a \"b\" c",1', "\\"),
        (r'"a \\\"b",1', "\\"),
        (r'"a \\"b",1', ""),
        (r'"C:\",1', ""),
        (r'"C:\" ,1', ""),
        (r'1,"C:\"', ""),
        ('"C:\\"\n"a \\"b",1', "\\"),
        (r'"a \"b",1' + '\n"say ""x""",2', ""),
        (r'"a \"b","",2', "\\"),
        ('"a \\"b",1\n"",2', "\\"),
        ('"say ""x""",1', ""),
    ],
)
def test_a_backslash_escapes_where_quotes_inside_cells_show_it(sample, escape):
    (marks,) = _candidates(sample, ",")
    assert marks.escape == escape


def test_candidates_are_the_signs_that_occur_the_most_usual_first():
    assert [m.delimiter for m in _candidates("a;b c,d")] == [",", ";", " ", BLANKS, ""]
    assert [m.delimiter for m in _candidates("")] == [BLANKS, ""]


@pytest.mark.parametrize(
    ("padded", "bare", "outcome"), [(3, 0, True), (2, 0, False), (49, 1, True), (48, 1, False), (0, 3, False)]
)
def test_blanks_belong_to_the_delimiter_where_nearly_each_has_one(padded, bare, outcome):
    sample = "a, b\n" * padded + "a,b\n" * bare + "no sign at all\nends in one,\n"
    assert _is_padded(sample, ",") is outcome
    assert _candidates(sample, ",")[0].padded is outcome


def test_each_delimiter_of_a_line_counts_for_blanks():
    assert _is_padded("a, b, c, d", ",") and not _is_padded("a, b, c,d", ",")
    assert _is_padded("a. b. c. d", ".")


@pytest.mark.parametrize(("sign", "blank"), [("\t", "\t b"), (" ", "  b")])
def test_a_tab_or_blank_is_never_padded(sign, blank):
    assert not any(marks.padded for marks in _candidates(f"a{blank}\n" * 9, sign))


@pytest.mark.parametrize(
    ("lengths", "width"), [([], 1), ([2, 2, 3], 2), ([2, 3], 3), ([3, 2], 3), ([1, 4, 4, 2, 2], 4), ([5], 5)]
)
def test_the_width_that_most_rows_have(lengths, width):
    assert _width([["x"] * length for length in lengths]) == width


@pytest.mark.parametrize(
    ("lines", "marks", "score"),
    [
        (["a,b", "1,2"], Marks(","), 1 - 1 / 3),
        (["a,b,c", "1,2,3"], Marks(","), 1 - 1 / 4),
        (["a,b", "1,2"], Marks(",", "'"), 0.99 * 2 / 3),
        (["a b", "1 2"], Marks(" "), 0.6 * 2 / 3),
        (["a b", "1 2"], Marks(BLANKS), 0.6 * 2 / 3),
        (["a:b", "1:2"], Marks(":"), 0.5 * 2 / 3),
        (["a,b", "1,2", "1,2", "1"], Marks(","), (3 / 4) ** 2 * 2 / 3),
        (["a,b;c", "1,2"], Marks(","), (3 / 4) ** 2 * 2 / 3),
        (["a,b;c", "1,2", "1,2,3|4"], Marks(","), (2 / 3) ** 2 * (3 / 4) ** 2 * 2 / 3),
        (["a", "b"], Marks(""), 0.05),
        (["a", "b"], Marks(","), 0),
        (["\x1c", "\x1c"], Marks(BLANKS), 0),
        (["", ""], Marks(","), 0),
        ([], Marks(""), 0),
    ],
)
def test_a_dialect_is_scored_by_rows_that_agree_and_cells_that_are_values(lines, marks, score):
    """Trust in the sign × share of rows of the usual width, squared × share of clean cells, squared × 1 − 1/(width + 1)."""
    assert _fitness(lines, marks) == pytest.approx(score, abs=1e-12)


@pytest.mark.parametrize(
    ("cell", "clean"),
    [
        ("", True), ("Ann", True), ("12.50", True), ("1,234.50", True), ("2024-01-31", True), (" Ann ", True),
        ("a;b", False), ("a\tb", False), ("a|b", False), ("a,b", False), ("so, it is", True), ("so,", True),
        ('"a"', False), ("'a'", False), ('"a', False), ("'a", False), ('6" pipe', True), ('"', True),
        ('"a" b', True), ("o'clock", True), (' "a" ', False),
        ("x;" + "y" * 197, False), ("x;" + "y" * 198, True),
    ],
)  # fmt: skip
def test_a_clean_cell_has_no_signs_of_another_dialect(cell, clean):
    assert _is_clean(cell) is clean
