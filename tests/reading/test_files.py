"""A file with everything decided about it: choices kept apart, decisions and doubts said in words."""

from dataclasses import replace

import pytest

from segkit.core.data.customers import Reading
from segkit.core.data.roles.columns import ColumnRole
from segkit.decisions.data import ReadingChoice, RoleChoice
from segkit.reading import files
from segkit.reading import said as said_of
from segkit.reading.files import know_file
from segkit.reading.summary import column_formats
from segkit.words.errors import DataError
from segkit.words.terms import FileKind, Grain, Role
from tests.reading.engine import known, raw, with_role

ROWS = [["C1", "2024-01-31", "5", "Bonn"], ["C2", "2024-02-01", "6", "Ulm"]]


@pytest.fixture
def file(engine, tmp_path):
    return known(engine, tmp_path, "who:customer day:date sum:amount town:category", ROWS)


def test_columns_are_found_by_what_they_are_taken_for(file):
    assert [c.summary.name for c in file.having(Role.CATEGORY, Role.CUSTOMER)] == ["who", "town"]
    assert file.having(Role.ORDER) == [] and file.one(Role.ORDER) is None
    assert file.one(Role.DATE).summary.name == "day"
    assert file.role(file.columns[3]).column == "town"


def test_of_several_columns_of_a_role_the_surest_counts_and_a_persons_choice_before_all(file):
    twice = with_role(file, "town", role=Role.CUSTOMER)
    assert twice.one(Role.CUSTOMER).summary.name == "who"  # equally sure: the first
    assert with_role(twice, "town", confidence=0.95).one(Role.CUSTOMER).summary.name == "town"
    assert with_role(twice, "town", confidence=0.85).one(Role.CUSTOMER).summary.name == "who"
    assert with_role(twice, "town", confidence=0.1, by_person=True).one(Role.CUSTOMER).summary.name == "town"
    last = with_role(with_role(file, "who", role=Role.IGNORE), "town", role=Role.CUSTOMER)
    assert last.one(Role.CUSTOMER).summary.name == "town"


def test_readings_of_several_files_are_told_together(file):
    assert file.reading is file.readings[0]
    two = tuple(Reading(FileKind.ORDERS, f"{name}.csv", 1, 4, f"Read as {name}.") for name in "ab")
    assert replace(file, readings=two).reading == Reading(
        FileKind.ORDERS, "orders.csv", 2, 4, "a.csv: Read as a. b.csv: Read as b."
    )


# What a person chose.


def choose(**roles):
    return [RoleChoice(kind=FileKind.ORDERS, column=column, role=Role(role)) for column, role in roles.items()]


def test_choices_that_fit_are_taken(file):
    assert files._checked(file.table, choose(who="customer", town="category", sum="category")) == [
        ("who", Role.CUSTOMER), ("town", Role.CATEGORY), ("sum", Role.CATEGORY),
    ]  # fmt: skip
    assert files._checked(file.table, choose(who="customer") * 2) == [("who", Role.CUSTOMER)]
    assert files._checked(file.table, []) == []


@pytest.mark.parametrize(
    ("choices", "what"),
    [
        (choose(klant="customer"), "orders.csv has no column “klant”; it has who, day, sum, town."),
        (choose(sum="amount") + choose(sum="price"), "orders.csv: the column “sum” is mapped twice, "
         "to “Amount of money” and to “Price per item”."),
        (choose(who="customer", town="customer"), "orders.csv: “who” and “town” are both mapped to “Customer number or name”."),
        (choose(who="order", town="order"), "orders.csv: “who” and “town” are both mapped to “Order or invoice number”."),
        (choose(day="date", town="date"), "orders.csv: “day” and “town” are both mapped to “Date of the order”."),
    ],
)  # fmt: skip
def test_choices_that_do_not_fit_are_refused(file, choices, what):
    with pytest.raises(DataError) as error:
        files._checked(file.table, choices)
    assert error.value.what == what


# What is said of values.


@pytest.fixture
def columns(engine, tmp_path):
    def made(**cells):
        return column_formats(raw(engine, tmp_path, list(cells), list(zip(*cells.values(), strict=True))))

    return made


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"x": ["Bonn", "Ulm"]}, []),
        ({"x": ["1", "2"]}, ["numbers with a decimal point"]),
        ({"x": ["1,5", "2"], "y": ["1", "2"]}, ["numbers with a decimal comma"]),
        ({"x": ["2024-01-05", "2024-01-06"]}, ["dates with the year first"]),
        ({"x": ["31/12/2024", "30/12/2024"]}, [
            "dates such as 31/12/2024",
            "day first: 2 of the different dates could not be month first (31 cannot be a month, as in 31/12/2024)"]),
        ({"x": ["12/31/2024 10:00", "01/02/2024 10:00"]}, [
            "dates such as 12/31/2024",
            "month first: 1 of the different dates could not be day first (31 cannot be a month, as in 12/31/2024)"]),
        ({"x": ["03.04.2024", "04.05.2024"]}, ["dates such as 31/12/2024", "day first, as is usual with dots"]),
        ({"x": ["03/04/2024", "04/05/2024"]}, ["dates such as 31/12/2024", "day first, though nothing in the file proves it"]),
        ({"x": ["03/04/2024", "04/05/2024"], "y": ["31/12/2024", "01/02/2024"]}, [
            "dates such as 31/12/2024",
            "day first: 1 of the different dates could not be month first (31 cannot be a month, as in 31/12/2024)"]),
        ({"x": ["2024-01-05"] * 3, "y": ["3 May 2024"] * 3}, ["dates with the year first and with the month's name"]),
        ({"x": ["2024-01-05", "2024-01-06", "31/12/2024"]}, [
            "dates with the year first",
            "day first: 1 of the different dates could not be month first (31 cannot be a month, as in 31/12/2024)"]),
        ({"x": ["2024-01-05", "2024-01-06", "03/04/2024"]}, ["dates with the year first"]),
    ],
)  # fmt: skip
def test_how_numbers_and_dates_were_read_is_said(columns, cells, said):
    assert said_of.value_decisions(columns(**cells)) == said


def notes(engine, tmp_path, cells, role="date", day_first=None):
    file = known(engine, tmp_path, f"day:{role}", [[cell] for cell in cells], day_first=day_first)
    return said_of.date_notes(file.table, file.columns, file.roles)


def test_dates_that_show_no_order_are_to_be_checked(engine, tmp_path):
    (note,) = notes(engine, tmp_path, ["03/04/2024", "05/06/2024"])
    assert note.startswith("orders.csv, column “day”: nothing shows whether 03/04 is") and "with the day first." in note
    (note,) = notes(engine, tmp_path, ["03/04/2024", "05/06/2024"], day_first=False)
    assert "with the month first." in note
    assert notes(engine, tmp_path, ["03/04/2024", "05/06/2024"], role="ignore") == ()
    assert notes(engine, tmp_path, ["03.04.2024", "05.06.2024"]) == ()
    assert notes(engine, tmp_path, ["2024-01-05", "2024-01-06", "03/04/2024"]) == ()
    assert notes(engine, tmp_path, ["Bonn", "Ulm"]) == ()


def test_dates_against_the_order_of_their_column_are_counted(engine, tmp_path):
    cells = ["31/12/2024", "30/12/2024", "12/31/2024"]
    (note,) = notes(engine, tmp_path, cells)
    assert note.startswith("orders.csv, column “day”: 1 different dates fit only with the month first, although the day first ")
    (note,) = notes(engine, tmp_path, cells, day_first=False)
    assert " 2 different dates fit only with the day first, although the month first " in note
    assert notes(engine, tmp_path, cells[:2]) == ()


def test_columns_that_hold_a_segment_already_are_named(file):
    def leaks(*names, by_person=False):
        roles = [ColumnRole(name, Role.LEAK, None, 0.9, "", by_person) for name in names]
        return said_of.leak_notes(file.table, [ColumnRole("town", Role.CATEGORY, None, 0.9, ""), *roles])

    assert leaks() == ()
    assert leaks("rfm") == ("orders.csv, column “rfm”: already a segment, a score or a forecast; it forms no segments.",)
    assert leaks("rfm", "tier") == (
        "orders.csv, columns “rfm”, “tier”: already a segment, a score or a forecast; they form no segments.",
    )
    assert leaks("rfm", by_person=True) == ()


# Whole files.


def write(path, rows=30, first=1, head="customer_id,order_date,amount,rfm_segment", end="\n"):
    lines = [f"C{i % 7:03d},{i % 28 + 1:02d}/{first:02d}/2024,{i}.50,{'AB'[i % 2]}" for i in range(rows)]
    path.write_text("\n".join([head, *lines]) + end, encoding="utf-8")
    return path


def know(engine, tmp_path, path, kind=FileKind.ORDERS, **how):
    return know_file(engine, kind, path, name="k", folder=tmp_path, **how)


def test_one_file(engine, tmp_path):
    found = know(engine, tmp_path, write(tmp_path / "jan.csv"))
    assert [role.role for role in found.roles] == [Role.CUSTOMER, Role.DATE, Role.AMOUNT, Role.LEAK]
    assert (found.kind, found.grain, found.table.rows, found.again, found.damage) == (FileKind.ORDERS, Grain.ORDER, 30, "", ())
    (reading,) = found.readings
    assert (reading.kind, reading.file_name, reading.rows, reading.columns) == (FileKind.ORDERS, "jan.csv", 30, 4)
    assert reading.sentence == (
        "Read as: text in UTF-8; columns separated by comma; column names in the first line; numbers with a decimal point; "
        "dates such as 31/12/2024; day first: 16 of the different dates could not be month first (28 cannot be a month, as in "
        "28/01/2024)."
    )
    assert found.notes == ("jan.csv, column “rfm_segment”: already a segment, a score or a forecast; it forms no segments.",)


def test_choices_for_another_kind_of_file_do_not_count(engine, tmp_path):
    path = write(tmp_path / "jan.csv")
    mine = RoleChoice(kind=FileKind.ORDERS, column="rfm_segment", role=Role.CATEGORY)
    others = RoleChoice(kind=FileKind.CUSTOMERS, column="rfm_segment", role=Role.CHANNEL)
    found = know(engine, tmp_path, path, choices=[others, mine])
    assert (found.roles[3].role, found.roles[3].by_person, found.notes) == (Role.CATEGORY, True, ())
    ways = [ReadingChoice(kind=FileKind.CUSTOMERS, skip=9), ReadingChoice(kind=FileKind.ORDERS, skip=2, header=False)]
    found = know(engine, tmp_path, [path], readings=ways)
    assert found.table.rows == 29 and found.table.header[0] == "Column 1"
    assert know(engine, tmp_path, path, readings=ways[:1]).table.rows == 30


def test_several_files_become_one(engine, tmp_path):
    again = write(tmp_path / "jan.csv", 28)
    later = write(tmp_path / "feb.csv", 25, 2, end="")
    later.write_text(later.read_text(encoding="utf-8") + "\nC1,", encoding="utf-8")
    found = know(engine, tmp_path, (again, later))
    assert (found.table.rows, found.table.file_name) == (54, "jan.csv, feb.csv")
    assert [(r.file_name, r.rows, r.columns) for r in found.readings] == [("jan.csv", 28, 4), ("feb.csv", 26, 4)]
    assert found.reading.sentence.startswith("jan.csv: Read as: text in UTF-8;")
    assert [f.what for f in found.damage if f.file_name == "feb.csv"] == ["The file breaks off in its last line."]
    assert found.notes[0] == "The rows of feb.csv are numbered from 31 on."
    assert found.notes[1].startswith("2 files were put together, one below the other: 28 rows from 1 January 2024")
    assert "already a segment" in found.notes[-1] and found.again
    assert engine.execute(f"select count(*) from k where {found.again}").fetchall() == [(0,)]


def test_files_of_equal_names_in_two_folders_do_not_meet(engine, tmp_path):
    one, other = tmp_path / "a", tmp_path / "b"
    one.mkdir()
    other.mkdir()
    found = know(engine, tmp_path, [write(one / "x.csv", 21), write(other / "x.csv", 22, 2)])
    assert [r.rows for r in found.readings] == [21, 22]
    assert len(know(engine, tmp_path, [one / "x.csv", other / "x.csv"]).readings) == 2  # their folders are there already
    assert sorted(path.name for path in tmp_path.iterdir() if path.is_dir()) == ["a", "b", "file_0", "file_1"]


def test_an_export_of_a_round_number_of_rows_is_doubted(engine, tmp_path):
    (found,) = know(engine, tmp_path, write(tmp_path / "jan.csv", 500)).damage
    assert found.what == "The export may have been cut off."


def test_answers_to_the_workbooks_own_questions_have_their_roles(engine, tmp_path):
    path = tmp_path / "answers.csv"
    words = ("agree", "disagree", "neither")
    lines = [f"C{i:02d},{words[i % 3]},{i}.50" for i in range(12)]
    path.write_text("customer_id,I compare prices before I buy.,amount\n" + "\n".join(lines) + "\n", encoding="utf-8")
    found = know(engine, tmp_path, path, FileKind.SURVEY)
    assert found.table.header[1] == "Compares prices"
    assert (found.roles[1].role, found.columns[1].summary.maximum) == (Role.NUMBER, 4)
    orders = know(engine, tmp_path, path)
    assert orders.table.header[1] == "I compare prices before I buy." and orders.columns[1].summary.maximum is None
