"""What is counted in each column, and how its numbers and dates are found to be written: by hand, on small tables."""

import datetime as dt

import duckdb
import pytest

from segkit.reading import different, summary
from segkit.reading.summary import column_formats, summarise
from segkit.reading.values.cells import NumberFormat
from tests.reading.engine import asked, raw


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """Return a function that makes a table of columns, each a name with its cells."""
    folder = tmp_path_factory.mktemp("engine")
    with duckdb.connect() as connection:
        yield lambda decimal="", **columns: raw(
            connection, folder, list(columns), list(zip(*columns.values(), strict=True)), decimal=decimal
        )


def counts(column):
    s = column.summary
    return s.rows, s.filled, s.distinct, s.numbers, s.dates


def figures(column):
    s = column.summary
    return s.minimum, s.maximum, s.mean, s.total, s.skew


def test_a_column_of_numbers(made):
    (column,) = summarise(made(amount=["0", "3", None, "0", "NULL"]))
    assert counts(column) == (5, 3, 2, 3, 0)
    assert figures(column) == (0, 3, 1, 3, 0.707106781)  # (-1 - 1 + 8) / 3 over (6 / 3) ** 1.5
    assert column.numbers == NumberFormat(".", True) and column.dates is None
    assert column.summary.examples == ("0", "3")


def test_a_column_with_some_texts_among_numbers(made):
    (column,) = summarise(made(amount=["1", "2.5", "-3", "4", "x"]))
    assert counts(column) == (5, 5, 5, 4, 0)
    assert figures(column)[:4] == (-3, 4, 1.125, 4.5)


def test_equal_numbers_have_no_skew(made):
    (column,) = summarise(made(amount=["2", "2", "2"]))
    assert figures(column) == (2, 2, 2, 6, None)


def test_a_column_of_texts(made):
    (column,) = summarise(made(town=["Bonn", " Bonn ", "Ulm", "", "nan", "NA"]))
    assert counts(column) == (6, 4, 3, 0, 0) and figures(column) == (None,) * 5
    (empty,) = summarise(made(town=[None, "", "null"]))
    assert counts(empty) == (3, 0, 0, 0, 0) and empty.summary.examples == () and empty.dates is None


def test_a_column_of_dates(made):
    (column,) = summarise(made(day=["2024-01-05", "2024-01-05", "2024-02-06", "soon", None]))
    assert counts(column) == (5, 4, 3, 0, 3)
    assert column.numbers is None and column.dates.families == ("iso",)


def test_figures_are_given_where_more_than_half_are_numbers(made, monkeypatch):
    monkeypatch.setattr(summary, "SAMPLE_ROWS", 2)
    (half,) = summarise(made(n=["1", "a", "3", "b"]))  # the first and the third are looked at
    assert (half.summary.numbers, half.summary.mean) == (2, None)
    (more,) = summarise(made(n=["1", "a", "b", "3", "5"]))
    assert (more.summary.numbers, more.summary.mean, more.summary.total) == (3, 3, 9)


def test_sums_are_cut_where_threads_would_differ(made):
    (column,) = summarise(made(n=["0.1", "0.2", "0.2"]))
    assert (column.summary.total, column.summary.mean) == (0.5, 0.166666666667)


@pytest.mark.parametrize(
    ("cells", "tidy"),
    [
        (["1", "2", "30"], {"whole", "text", "id", "number"}),
        (["007", "2"], {"text", "id", "number"}),
        (["1.5", "2"], {"text", "id", "number"}),
        (["1.0", "2"], {"text", "number"}),
        (["1", " 2"], {"number"}),
        (["1,5", "2"], {"text", "id"}),
        (["1", "2", "3", "4", "x"], {"text", "id"}),
        (["a", "b"], {"text", "id"}),
        (["a", "-"], {"text"}),
        (["a", " b"], set()),
        (["2024-01-05", "2024-02-06"], {"text", "id", "date"}),
        (["2024-01-05", "2024-2-6"], {"text", "id"}),
        (["2024-01-05 10:00", "2024-02-06"], {"text", "id"}),
        (["2024-01-05", "2024-02-30"], {"text", "id"}),
        ([None, ""], set()),
        ([None, None], set()),
    ],
)
def test_what_needs_no_mending_is_read_as_it_stands(made, cells, tidy):
    (column,) = summarise(made(x=cells))
    assert column.tidy == tidy


def test_readings_of_a_cell(made):
    cells = [" 007 ", "12.0", "12.50", "1.0x", "n/a", "None", "-", "?", "UNKNOWN", "null", "nothing at all"]
    table = made(x=cells)
    (column,) = summarise(table)
    texts = ["007", *cells[1:9], None, "nothing at all"]
    assert asked(table.connection, f"select {column.text_sql()} from t order by place") == texts
    ids = ["007", "12", "12.50", "1.0x", *[None] * 6, "nothing at all"]
    assert asked(table.connection, f"select {column.id_sql()} from t order by place") == ids
    assert asked(table.connection, f"select {column.number_sql()} from t") == [None] * 11
    assert asked(table.connection, f"select {column.date_sql()} from t") == [None] * 11


@pytest.mark.parametrize(
    ("cells", "numbers", "dates"),
    [
        (["1", "2"], [1.0, 2.0], None),
        (["1,5", "2"], [1.5, 2.0], None),
        (["2024-01-05", "2024-02-06"], None, [dt.date(2024, 1, 5), dt.date(2024, 2, 6)]),
        (["31.12.2024", "1.2.2024"], None, [dt.date(2024, 12, 31), dt.date(2024, 2, 1)]),
    ],
)
def test_numbers_and_dates_are_read_mended_or_not(made, cells, numbers, dates):
    table = made(x=cells)
    (column,) = summarise(table)
    nothing = [None] * len(cells)
    assert asked(table.connection, f"select {column.number_sql()} from t order by place") == (numbers or nothing)
    assert asked(table.connection, f"select {column.date_sql()} from t order by place") == (dates or nothing)


def test_each_different_cell_is_kept_once_with_its_rows(made):
    table = made(town=["Bonn", "Ulm", "Bonn", None], day=["2024-01-05"] * 3 + ["2024-01-06"])
    town, day = summarise(table)
    assert sorted(asked(table.connection, f"select * from {town.cells}")) == [("Bonn", 2), ("Ulm", 1)]
    assert sorted(asked(table.connection, f"select * from {day.cells}")) == [("2024-01-05", 3), ("2024-01-06", 1)]


@pytest.mark.parametrize(("number", "shown"), [(60, range(60)), (61, range(60)), (119, range(60)), (120, range(0, 120, 2)),
                                               (130, range(0, 120, 2))])  # fmt: skip
def test_sixty_examples_are_spread_over_the_different_cells(made, number, shown):
    (column,) = column_formats(made(x=[f" e{i} " for i in range(number) for _ in (1, 2)]))
    assert column.summary.examples == tuple(f"e{i}" for i in shown)


def test_two_thousand_rows_are_looked_at(made):
    assert summary.SAMPLE_ROWS == 2000
    (column,) = column_formats(made(x=["1", "a"] * 2001))  # every third row: as many of both
    assert column.numbers is None
    (column,) = column_formats(made(x=["1", "a"] * 2000))  # every second row: numbers alone
    assert column.numbers == NumberFormat(".", True)


# Numbers.


def test_a_column_that_is_silent_takes_the_decimal_sign_of_the_others(made):
    one, other, words = column_formats(made(n=["1,50", "2,75"], m=["1.234", "5.678"], town=["Bonn", "Ulm"]))
    assert (one.numbers, other.numbers, words.numbers) == (NumberFormat(",", False), NumberFormat(",", False), None)
    (alone,) = column_formats(made(m=["1.234", "5.678"]))
    assert alone.numbers == NumberFormat(".", True)


@pytest.mark.parametrize("decimal", [",", "."])
def test_a_decimal_sign_that_a_person_chose_holds_for_all_numbers(made, decimal):
    one, words, day = column_formats(made(decimal, n=["1.234", "2"], town=["Bonn", "Ulm"], day=["1.2.2024", "3.4.2024"]))
    assert (one.numbers, words.numbers, day.numbers) == (NumberFormat(decimal, False), None, None)


# Dates.


def dates_of(made, *cells, name="day", day_first=None):
    (column,) = column_formats(made(**{name: list(cells)}), day_first)
    return column.dates


def test_half_of_the_cells_make_a_column_of_dates(made):
    assert dates_of(made, "2024-01-05", "x", None).families == ("iso",)
    assert dates_of(made, "2024-01-05", "x", "y") is None


def test_eight_digits_may_be_a_date_or_a_number(made):
    (column,) = column_formats(made(n=["20240105", "20240206"]))
    assert column.dates.families == ("compact",) and column.numbers == NumberFormat(".", True)
    (dotted,) = column_formats(made(n=["31.12.2024", "1.2.2024"]))
    assert dotted.dates.families == ("slashed", "iso") and dotted.numbers is None


ISO = ("2024-01-05", "2024-01-06", "2024-01-07")


@pytest.mark.parametrize(
    ("name", "cells", "families"),
    [
        ("order_date", ["45000", "45001"], ("serial",)),
        ("order_date", ["1710000000", "1710086400"], ("epoch",)),
        ("n", ["45000", "45001"], None),
        ("order_date", ["45000", "45001", "99999999"], ("serial",)),  # eight digits are no day number
        ("order_date", ["7", "8"], None),
        ("n", [*ISO, *["45000"] * 7], ("serial", "iso")),
        ("n", [*ISO[:2], *["45000"] * 8], None),
        ("n", [*ISO, *["45000"] * 6, "x"], ("serial", "iso")),
        ("n", [*ISO, *["45000"] * 5, "x", "y"], None),
        ("n", [*ISO, " 45000 "], ("iso", "serial")),
        ("n", [*ISO, "x"], ("iso",)),
    ],
)
def test_plain_numbers_are_dates_where_name_or_neighbours_say_so(made, name, cells, families):
    found = dates_of(made, *cells, name=name)
    assert (found.families if found else None) == families


@pytest.mark.parametrize(
    ("cells", "day_first", "proof", "against", "example"),
    [
        (["31/12/2024", "13/01/2024", "03/04/2024"], True, 2, 0, "31/12/2024"),
        (["12/31/2024", "01/13/2024", "03/04/2024"], False, 2, 0, "12/31/2024"),
        (["31/12/2024", "30/12/2024", "12/31/2024"], True, 2, 1, "31/12/2024"),
        (["12/30/2024", "30/12/2024", "12/31/2024"], False, 2, 1, "12/31/2024"),
        (["31/12/2024", "12/31/2024"], True, 1, 1, "31/12/2024"),
        (["03/04/2024", "12/12/2024"], True, 0, 0, ""),
        (["13/04/2024", "12/12/2024"], True, 1, 0, "13/04/2024"),
        ([" 31/12/2024 10:00 ", "12/12/2024"], True, 1, 0, "31/12/2024 10:00"),
    ],
)
def test_dates_that_can_only_be_one_decide_for_the_column(made, cells, day_first, proof, against, example):
    found = dates_of(made, *cells)
    assert (found.day_first, found.proof, found.against, found.example) == (day_first, proof, against, example)
    assert found.families == ("slashed", "iso") and not found.dotted


def test_a_person_decides_before_the_cells(made):
    month = dates_of(made, "31/12/2024", "12/31/2024", "12/30/2024", day_first=True)
    assert (month.day_first, month.proof, month.against, month.example) == (True, 1, 2, "31/12/2024")
    day = dates_of(made, "31/12/2024", "30/12/2024", day_first=False)
    assert (day.day_first, day.proof, day.against, day.example) == (False, 0, 2, "")
    for order, expected in ((None, True), (True, True), (False, False)):
        found = dates_of(made, "2024-01-05", day_first=order)
        assert (found.day_first, found.proof, found.against) == (expected, 0, 0)


def test_dots_are_seen(made):
    assert dates_of(made, "03.04.2024", "05/06/2024", "07/08/2024").dotted
    assert not dates_of(made, "03/04/2024", "05-06-2024").dotted


def test_the_commonest_way_of_writing_comes_first(made):
    assert dates_of(made, "03/04/2024", "2024-04-05", "2024-04-06").families == ("iso", "slashed")
    assert dates_of(made, "03/04/2024", "04/04/2024", "20240405").families == ("slashed", "compact")
    assert dates_of(made, "3 May 2024", "4 May 2024").families == ("named",)


def test_between_sampled_rows_dates_may_be_written_otherwise(made, monkeypatch):
    monkeypatch.setattr(summary, "SAMPLE_ROWS", 2)
    found = dates_of(made, "2024-04-05", "31/12/2024", "2024-04-06")
    assert (found.families, found.proof) == (("iso", "slashed"), 1)
    assert dates_of(made, "20240405", "31/12/2024", "20240406").families == ("compact", "slashed")
    assert dates_of(made, "2024-04-05", "2024-04-06").families == ("iso",)
    assert dates_of(made, "2024-04-05", "2024-04-06", "31/12/2024", "2024-04-07").families == ("iso", "slashed")
    assert dates_of(made, "3 May 2024", "4 May 2024", "5 May 2024").families == ("named",)


def test_a_silent_column_takes_the_order_that_another_proves(made):
    silent = ["03/04/2024", "05/06/2024"]
    _, ship = column_formats(made(order_day=["12/31/2024", "01/02/2024"], ship_day=silent))
    assert (ship.dates.day_first, ship.dates.borrowed) == (False, "order_day")
    _, ship, _ = column_formats(made(a=["12/31/2024", "01/02/2024"], b=silent, c=["31/12/2024", "01/02/2024"]))
    assert (ship.dates.day_first, ship.dates.borrowed) == (True, "")  # two columns that contradict each other
    proof, ship = column_formats(made(a=["12/31/2024", "12/30/2024", "31/12/2024"], b=[*silent, None]))
    assert (proof.dates.proof, ship.dates.borrowed) == (2, "")  # one that contradicts itself
    first, _, own = column_formats(made(a=["12/31/2024", "01/02/2024"], b=silent, c=["10/13/2024", "01/02/2024"]))
    assert first.dates.borrowed == own.dates.borrowed == ""


def test_columns_counted_together_or_one_by_one_count_the_same(made, monkeypatch):
    columns = {
        "order": ["1", "2", "2", "03", None],
        "row": ["1", "2", "3", "4", "5"],
        "code": ["7.0", " 8", "n/a", "7.0", "0.0"],
        "total": ["€ 1.234,50", "2,75", "-", "EUR 3,00", "2,75"],
        "tax": ["0,50", "0,25", "", "0,10", "0,25"],
        "day": ["2024-01-05", "2024-01-05", "2024-02-06", "soon", None],
        "paid": ["5 Jan 2024", "6 Jan 2024", "", None, "7 Feb 2024"],
        "town": ["Bonn", " Bonn ", "Ulm", "", "nan"],
        "none": [None, None, None, None, None],
    }

    def counted():
        return [(c.engine_name, c.summary, c.numbers, c.dates, c.tidy) for c in summarise(made(**columns))]

    together = counted()
    monkeypatch.setattr(different, "SAMPLE_ROWS", 0)
    assert counted() == together


def test_only_columns_that_changed_are_counted_again(made):
    columns = {"order": ["1", "1", "2"], "day": ["2024-01-05", None, "2024-01-06"], "total": ["1,50", "2,50", "3,50"]}
    before = summarise(made(**columns))
    table = made(**{**columns, "day": ["2024-01-05", "2024-01-05", "2024-01-06"]})
    after = summarise(table, None, before, ["day"])
    assert [c.summary for c in after] == [c.summary for c in summarise(table)]
    assert [after[i] is before[i] for i in range(3)] == [True, False, True]
