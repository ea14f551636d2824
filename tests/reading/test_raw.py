"""The texts of a table lie in a file beside, which the engine reads: cut, written anew, and read by one thread in need."""

import duckdb
import pytest

from segkit.reading.raw import (
    count_rows,
    cut,
    distinct_names,
    drop,
    identifier,
    quoted,
    said_of_empty_rows,
    said_of_names,
    set_empty_rows_aside,
    set_last_rows_aside,
    store,
)
from segkit.reading.table import read_table
from segkit.reading.text import load_text as text_module
from tests.reading.engine import asked, raw


@pytest.fixture
def engine():
    with duckdb.connect() as connection:
        yield connection


def rows(connection, name="t"):
    return connection.execute(f"select place, row, c0 from {name} order by place").fetchall()


def test_rows_are_numbered_from_the_first_one_of_the_file(engine, tmp_path):
    store(engine, "select unnest(['a', 'b', 'c']) as c0", [], "t", tmp_path, first=2)
    assert rows(engine) == [(0, 2, "a"), (1, 3, "b"), (2, 4, "c")]


def test_a_view_is_cut_and_stored_from_itself_and_keeps_its_rows(engine, tmp_path):
    store(engine, "select unnest(['a', 'b', 'c', 'd', 'e']) as c0", [], "t", tmp_path, first=2)
    cut(engine, "t", 4)
    store(engine, "select * exclude (place) from t where c0 <> ? order by place", ["b"], "t", tmp_path)
    assert rows(engine) == [(0, 2, "a"), (1, 4, "c"), (2, 5, "d")]
    cut(engine, "t", 1)
    assert rows(engine) == [(0, 2, "a")]


def test_a_dropped_view_leaves_nothing_in_the_engine(engine, tmp_path):
    store(engine, "select 'a' as c0", [], "t", tmp_path, first=1)
    drop(engine, "t")
    assert engine.execute("select count(*) from duckdb_views() where not internal").fetchall() == [(0,)]


class Short:
    """An engine that has too little memory to copy by several threads."""

    def __init__(self, connection, times):
        self.connection, self.times, self.said = connection, times, []

    def execute(self, query, *parameters):
        self.said.append(query)
        if query.startswith("copy") and self.times:
            self.times -= 1
            raise duckdb.OutOfMemoryException("too many threads")
        return self.connection.execute(query, *parameters)


def test_what_does_not_fit_in_memory_is_written_by_one_thread(engine, tmp_path):
    short = Short(engine, 1)
    store(short, "select 'a' as c0", [], "t", tmp_path, first=1)
    assert rows(engine) == [(0, 1, "a")]
    assert [said for said in short.said if "threads" in said] == ["set threads = 1", "reset threads"]


def test_want_of_memory_is_not_taken_for_an_irregular_file(engine, tmp_path, monkeypatch):
    path = tmp_path / "orders.csv"
    path.write_text("customer,amount\n" + "".join(f'"C{i}",{i}\n' for i in range(9)))
    monkeypatch.setattr(text_module, "_load_dealt", lambda *_: pytest.fail("dealt out row by row"))
    with pytest.raises(duckdb.OutOfMemoryException):
        read_table(Short(engine, 2), path, "t", tmp_path)


# Sampled, and cleared at its end.


def table(engine, tmp_path, cells, **how):
    return raw(engine, tmp_path, "who town sum", cells, **how)


@pytest.mark.parametrize(
    ("most", "shown"), [(20, "abcdefghij"), (10, "abcdefghij"), (9, "acegi"), (5, "acegi"), (4, "adgj"), (3, "aei"), (1, "a")]
)
def test_a_sample_is_spread_evenly_over_the_file(engine, tmp_path, most, shown):
    found = raw(engine, tmp_path, ["n"], list("abcdefghij"))
    assert [cell for (cell,) in found.sample(most)] == list(shown)


def cleared(engine, tmp_path, cells, width=3):
    """Return what was said, and which rows of the file are left."""
    table(engine, tmp_path, cells)
    said, _ = set_last_rows_aside(engine, "t", width, tmp_path)
    left = engine.execute("select place, row from t order by place").fetchall()
    assert [place for place, _ in left] == list(range(len(left)))
    return said, [row for _, row in left]


ROWS = [[f"K{i}", "Bonn", f"{i}.50"] for i in range(8)]
SUM = ["Total", None, "9.50"]


def test_a_table_without_totals_stays(engine, tmp_path):
    assert cleared(engine, tmp_path, ROWS) == ([], list(range(2, 10)))


def test_totals_at_the_end_are_set_apart_and_shown(engine, tmp_path):
    said, left = cleared(engine, tmp_path, [*ROWS, SUM])
    assert (said, left) == (["1 row at the end set apart as not being data (“Total”)"], list(range(2, 10)))
    said, _ = cleared(
        engine, tmp_path, [*ROWS, [None, None, None], [None, "as  printed by\tthe till of our shop at the market", None]]
    )
    assert said == ["1 row at the end set apart as not being data (“as printed by the till of our shop at th”)"]


def test_at_most_half_of_the_rows_is_the_end(engine, tmp_path):
    assert cleared(engine, tmp_path, [*ROWS[:5], *[SUM] * 4])[0] == ["4 rows at the end set apart as not being data (“Total”)"]
    assert cleared(engine, tmp_path, [*ROWS[:2], *[SUM] * 3])[0] == ["2 rows at the end set apart as not being data (“Total”)",
                                                                     "1 row of sums between the others set apart"]  # fmt: skip
    assert cleared(engine, tmp_path, [*ROWS[:1], SUM]) == ([], [2, 3])


def test_rows_of_empty_cells_are_no_rows(engine, tmp_path):
    raw(engine, tmp_path, "a b c", [ROWS[0], [None] * 3, ROWS[1], [" ", None, ""], [None, None, "1"]])
    assert set_empty_rows_aside(engine, "t", 3, tmp_path) == 2
    assert asked(engine, "select row from t order by place") == [2, 4, 6]
    assert (said_of_empty_rows(2), said_of_empty_rows(0)) == (["2 rows of empty cells left out"], [])


def test_at_most_thirty_rows_are_the_end(engine, tmp_path):
    note = ["40 rows", None, None]
    said, left = cleared(engine, tmp_path, [*ROWS * 9, *[note] * 32])
    assert said == ["30 rows at the end set apart as not being data (“40 rows”)"] and len(left) == 74


def test_sums_between_the_rows_go_with_the_total_at_the_end(engine, tmp_path):
    part = ["Subtotal", None, "1.50"]
    said, left = cleared(engine, tmp_path, [*ROWS[:2], part, *ROWS[2:], part, SUM])
    assert said == ["2 rows at the end set apart as not being data (“Subtotal”)", "1 row of sums between the others set apart"]
    assert left == [2, 3, *range(5, 11)]
    twice = [part, *ROWS[:2], part, *ROWS[2:], SUM]
    assert cleared(engine, tmp_path, twice) == (
        ["1 row at the end set apart as not being data (“Total”)", "2 rows of sums between the others set apart"],
        [3, 4, *range(6, 12)],
    )


def test_a_remark_at_the_end_says_nothing_of_sums_before(engine, tmp_path):
    said, left = cleared(engine, tmp_path, [*ROWS[:2], SUM, *ROWS[2:], ["40 rows", None, None]])
    assert said == ["1 row at the end set apart as not being data (“40 rows”)"]
    assert left == list(range(2, 11))


def test_what_cells_usually_hold_is_told_from_the_first_two_hundred_rows(engine, tmp_path):
    amounts = [*["1.50"] * 159, *["free"] * 40, "1.50", *["free"] * 3, *["1.50"] * 60]  # eight in ten of 200, not of 199 or 201
    said, _ = cleared(engine, tmp_path, [*(["K1", "Bonn", cell] for cell in amounts), [None, None, "done"]])
    assert said == ["1 row at the end set apart as not being data (“done”)"]


def test_the_end_itself_does_not_tell_what_is_usual(engine, tmp_path):
    cells = [*["1.50"] * 4, "free", *["free", "free"]]
    assert len(cleared(engine, tmp_path, [*(["K1", "Bonn", cell] for cell in cells)])[0]) == 0
    said, left = cleared(engine, tmp_path, [*(["K1", "Bonn", cell] for cell in cells[:5]), *[[None, None, "done"]] * 2])
    assert said == ["2 rows at the end set apart as not being data (“done”)"] and len(left) == 5


# Names.


@pytest.mark.parametrize(
    ("cells", "names"),
    [
        (["town", "n"], ("town", "n")),
        (["town", " town ", "", "town"], ("town", "town (2)", "Column 3", "town (3)")),
        (["town (2)", "town", "town"], ("town (2)", "town", "town (3)")),
        (["", "Column 1"], ("Column 1", "Column 1 (2)")),
        (["\ufeffname", "two\n words"], ("name", "two words")),
    ],
)
def test_every_column_has_a_name_of_its_own(cells, names):
    assert distinct_names(cells) == names


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        (["a", "b"], []),
        (["a", " ", ""], ["2 columns without a name numbered"]),
        (["a", "", "a ", "b"], ["1 column without a name numbered", "repeated names numbered (“a”)"]),
        (list("aabbccdd"), ["repeated names numbered (“a”, “b”, “c”)"]),
        (["a", "a", *map(str, range(497))], ["repeated names numbered (“a”)"]),
        (["a", "a", *map(str, range(498))], []),
    ],
)
def test_names_that_are_missing_or_come_twice_are_said(cells, said):
    assert said_of_names(cells) == said


IT_IS, NAME = "it's", 'a "b"'


def test_texts_and_names_are_quoted_for_the_engine(engine, tmp_path):
    assert engine.execute(f"select {quoted(IT_IS)} as {identifier(NAME)}").fetchall() == [(IT_IS,)]
    assert engine.description[0][0] == NAME
    table(engine, tmp_path, ROWS)
    assert count_rows(engine, "t") == 8
