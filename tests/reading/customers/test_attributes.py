"""What files of customers, surveys and contacts say of each customer: one row each, figures by hand."""

import datetime as dt

import pytest

from segkit.core.data.features import day_of
from segkit.reading.customers.attributes import contact_counts, read_attributes
from segkit.words.errors import DataError
from segkit.words.terms import Base, FileKind, Grain
from tests.reading.engine import asked, known, with_role


def people(engine, tmp_path, roles, rows, kind=FileKind.CUSTOMERS, **how):
    return known(engine, tmp_path, roles, rows, kind=kind, grain=Grain.CUSTOMER, file_name="people.csv", **how)


def test_one_row_a_customer_with_figures_and_categories(engine, tmp_path):
    rows = [
        ["C2", "5", "Bonn", "x", "7"],
        ["C1", None, "Ulm", "y", "8"],
        ["C2", "9", "Kiel", "z", "9"],
        [None, "1", "Hof", "z", "1"],
    ]
    found = read_attributes(
        people(engine, tmp_path, "who:customer Visits:number Town:category note:free_text Sum:amount", rows,
               bases=[("Town", Base.GEOGRAPHIC)])
    )  # fmt: skip
    assert list(found.frame.index) == ["C1", "C2"] and found.frame.index.name == "customer_id"
    assert list(found.frame.columns) == ["visits", "town", "sum"]
    assert found.frame.loc["C2"].tolist() == [5.0, "Bonn", 7.0]  # the first row of each customer
    assert found.frame["visits"].isna().tolist() == [True, False] and found.frame.loc["C1", "town"] == "Ulm"
    assert str(found.frame["visits"].dtype) == "float64" and str(found.frame["town"].dtype) == "str"
    assert found.described == {
        "visits": ("Visits", Base.BEHAVIOURAL, ""), "town": ("Town", Base.GEOGRAPHIC, ""),
        "sum": ("Sum", Base.BEHAVIOURAL, "money"),
    }  # fmt: skip
    assert {name: role.column for name, role in found.columns.items()} == {"visits": "Visits", "town": "Town", "sum": "Sum"}
    assert (found.births, found.joined, found.last, found.same_person, found.tests) == (None, None, None, {}, frozenset())
    assert found.notes == (
        "people.csv: 1 row repeats a customer; each customer's first row was used.",
        "people.csv: 1 row names no customer and was not used.",
    )


@pytest.mark.parametrize("role", ["number", "amount", "frequency", "recency", "margin", "quantity", "price"])
def test_roles_of_figures(engine, tmp_path, role):
    found = read_attributes(people(engine, tmp_path, f"who:customer x:{role}", [["C1", "5"], ["C2", "6"]]))
    assert found.frame["x"].tolist() == [5.0, 6.0]
    assert found.described["x"][2] == ("money" if role in ("amount", "margin") else "")


@pytest.mark.parametrize("role", ["category", "channel", "product", "status"])
def test_roles_of_texts(engine, tmp_path, role):
    found = read_attributes(people(engine, tmp_path, f"who:customer x:{role}", [["C1", "5"], ["C2", None]]))
    assert found.frame.loc["C1", "x"] == "5" and found.frame["x"].isna().tolist() == [False, True]


@pytest.mark.parametrize("role", ["personal", "leak", "ignore", "constant", "free_text", "order"])
def test_roles_that_describe_nobody(engine, tmp_path, role):
    assert list(read_attributes(people(engine, tmp_path, f"who:customer x:{role}", [["C1", "5"]])).frame) == []


def test_columns_whose_names_become_the_same_stay_apart(engine, tmp_path):
    found = read_attributes(
        people(
            engine,
            tmp_path,
            "who:customer a.b:number a_b:number A-B:number row:number customer-id:number",
            [["C1", "1", "2", "3", "4", "5"]],
        )
    )
    assert found.frame.loc["C1"].to_dict() == {"a_b": 1, "a_b_2": 2, "a_b_2_2": 3, "row_2": 4, "customer_id_2": 5}


def test_a_value_in_several_spellings_is_one_and_that_is_said(engine, tmp_path):
    found = read_attributes(
        people(engine, tmp_path, "who:customer town:category", [["1", "Bonn"], ["2", "Bonn"], ["3", "bonn"]])
    )
    assert set(found.frame["town"]) == {"Bonn"} and found.notes[0].startswith("people.csv, column “town”: 1 row writes")


@pytest.mark.parametrize(
    ("name", "checked"),
    [("age", True), ("Alter", True), ("age_in_years", True), ("Age Years", True), ("page", False), ("ages", False)],
)
def test_impossible_ages_count_as_missing(engine, tmp_path, name, checked):
    role = name.replace(" ", "_")
    rows = [["C1", "30"], ["C2", "150"], ["C3", "9"], ["C4", "10"]]
    found = read_attributes(people(engine, tmp_path, f"who:customer {role}:number", rows))
    (values,) = (found.frame[column] for column in found.frame)
    assert values.isna().sum() == (2 if checked else 0)
    assert any(note.startswith("2 customers have an impossible age") for note in found.notes) is checked
    fine = read_attributes(people(engine, tmp_path, f"who:customer {role}:number", rows[:1]))
    assert fine.notes == ()


def test_an_age_that_is_no_number_is_left_alone(engine, tmp_path):
    found = read_attributes(people(engine, tmp_path, "who:customer age:category", [["C1", "150"], ["C2", "old"]]))
    assert found.frame["age"].tolist() == ["150", "old"] and found.notes == ()


def births(engine, tmp_path, roles, rows, **how):
    return read_attributes(people(engine, tmp_path, roles, rows, **how))


def test_years_and_days_of_birth(engine, tmp_path):
    years = births(engine, tmp_path, "who:customer birth_year:number", [["C1", "1980"], ["C2", "1990"]])
    assert years.births.tolist() == [1980, 1990] and list(years.frame) == []
    days = births(engine, tmp_path, "who:customer birthday:date", [["C1", "1980-01-01"], ["C2", "1990-12-31"]])
    assert days.births.tolist() == pytest.approx([1980, 1990 + 364 / 366]) and days.joined is None and days.last is None
    both = births(engine, tmp_path, "who:customer birthday:personal birth_year:number", [["C1", "1980-02-01", "1979"]])
    assert both.births.tolist() == pytest.approx([1980 + 31 / 366])  # the first of the columns
    none = births(engine, tmp_path, "who:customer birthplace:category", [["C1", "Bonn"]])
    assert none.births is None and list(none.frame) == []
    ignored = births(engine, tmp_path, "who:customer birth_year:ignore", [["C1", "1980"]])
    assert ignored.births is None


def test_a_birth_told_by_its_cells_alone(engine, tmp_path):
    file = people(engine, tmp_path, "who:customer jg:personal", [["C1", "1980"], ["C2", "1990"]])
    assert read_attributes(file).births is None
    assert read_attributes(with_role(file, "jg", reason="years of birth")).births.tolist() == [1980, 1990]


def test_eight_digits_of_a_birth_are_a_day_where_most_are_days(engine, tmp_path):
    days = births(engine, tmp_path, "who:customer birthday:date", [["C1", "19800101"], ["C2", "19900201"]])
    assert days.births.tolist() == [19800101, 19900201]  # as many numbers as days
    mixed = births(engine, tmp_path, "who:customer birthday:date", [["C1", "1980-01-01"], ["C2", "19900201"]])
    assert mixed.births.tolist() == pytest.approx([1980, 1990 + 31 / 366])


def test_days_of_joining_and_of_the_last_order(engine, tmp_path):
    rows = [["C1", "2024-01-05", "2024-03-01"], ["C2", None, "2024-03-02"]]
    found = births(engine, tmp_path, "who:customer since:date last_order:date", rows)
    assert found.joined.tolist()[0] == day_of(dt.date(2024, 1, 5)) and found.joined.isna().tolist() == [False, True]
    assert found.last.tolist() == [day_of(dt.date(2024, 3, 1)), day_of(dt.date(2024, 3, 2))]
    first = births(engine, tmp_path, "who:customer since:date until:date", [["C1", "2024-01-05", "2024-03-01"]])
    assert first.joined.tolist() == [day_of(dt.date(2024, 1, 5))] and first.last is None
    survey = births(engine, tmp_path, "who:customer since:date last_order:date", rows, kind=FileKind.SURVEY)
    assert survey.joined is None and survey.last is None  # there it is the day of the answer
    other = births(engine, tmp_path, "who:customer since:personal", [["C1", "2024-01-05"]])
    assert other.joined is None


MAILS = [
    ["10", "Ann@a.de"],
    ["9", "ann@ a.de "],
    ["X1", "ann@a.de"],
    ["11", "bob@b.de"],
    ["11", "bob@b.de"],
    ["12", "none"],
    [None, "bob@b.de"],
]


def test_the_same_address_is_the_same_person_under_the_smallest_number(engine, tmp_path):
    assert read_attributes(people(engine, tmp_path, "who:customer mail:personal", MAILS)).same_person == {"10": "9", "X1": "9"}
    letters = [["b", "x@a.de"], ["a", "x@a.de"]]
    assert read_attributes(people(engine, tmp_path, "who:customer mail:personal", letters)).same_person == {"b": "a"}
    assert read_attributes(people(engine, tmp_path, "who:customer mail:category", letters)).same_person == {}
    assert (
        read_attributes(people(engine, tmp_path, "who:customer mail:personal", letters, kind=FileKind.SURVEY)).same_person == {}
    )


def test_a_column_is_one_of_addresses_where_more_than_half_are(engine, tmp_path):
    def merged(*cells):
        rows = [[str(i), cell] for i, cell in enumerate(cells)]
        return read_attributes(people(engine, tmp_path, "who:customer x:personal", rows)).same_person

    assert merged("a@b.de", "a@b.de", "c") == {}  # one of two different cells
    assert merged("a@b.de", "a@b.de", "c@d.de", "e") == {"1": "0"}
    assert merged(None, None) == {}


def test_test_accounts_are_told(engine, tmp_path):
    rows = [["C1", "Ann", "a"], ["C2", "Test User", "b"], [None, "test", "c"]]
    file = people(engine, tmp_path, "who:customer name:personal town:category", rows)
    assert read_attributes(file).tests == {"C2"}
    survey = people(engine, tmp_path, "who:customer name:personal town:category", rows, kind=FileKind.SURVEY)
    assert read_attributes(survey).tests == frozenset()


def test_a_file_that_names_no_customer_is_refused_unless_its_rows_were_sorted_out(engine, tmp_path):
    file = people(engine, tmp_path, "town:category n:number", [["Bonn", "1"], ["Ulm", "2"], ["Kiel", "3"]])
    with pytest.raises(DataError) as error:
        read_attributes(file)
    assert error.value.what == "people.csv: no column can be the customer's number (town, n)."
    engine.execute(
        "create or replace temp table kept as select * from (values (2, null), (3, 'total'), (4, null)) v(row, rule)"
    )
    found = read_attributes(file, "kept")
    assert found.frame["town"].to_dict() == {"2": "Bonn", "4": "Kiel"} and found.notes == ()


def test_rows_sorted_out_are_in_the_ledger_and_need_no_note(engine, tmp_path):
    file = people(engine, tmp_path, "who:customer n:number", [["C1", "1"], ["C1", "2"], [None, "3"]])
    engine.execute("create or replace temp table kept as select * from (values (2, 'x'), (3, null), (4, null)) v(row, rule)")
    found = read_attributes(file, "kept")
    assert found.frame["n"].to_dict() == {"C1": 2} and found.notes == ()


# Contacts.

CONTACTS = [
    ["C1", "web_shop", "2024-01-05"], ["C1", "web_shop", "2024-01-06"], ["C1", "phone", "2024-01-07"],
    ["C2", "phone", "2024-01-08"], [None, "phone", "2024-01-05"], ["C3", None, "2024-01-05"], ["C4", "phone", "2024-02-01"],
]  # fmt: skip


def contacts(engine, tmp_path, roles="who:customer how:channel day:date", rows=CONTACTS, as_of=dt.date(2024, 1, 8)):
    file = known(engine, tmp_path, roles, rows, kind=FileKind.CONTACTS, file_name="contacts.csv")
    return contact_counts(file, as_of)


def test_contacts_are_counted_by_customer_and_channel_up_to_the_analysis_date(engine, tmp_path):
    found = contacts(engine, tmp_path)
    assert list(found.frame.columns) == ["contacts_total", "contacts_phone", "contacts_web_shop", "main_contact_channel"]
    assert found.frame.loc["C1"].tolist() == [3, 1, 2, "web_shop"] and found.frame.loc["C2"].tolist() == [1, 1, 0, "phone"]
    assert list(found.frame.index) == ["C1", "C2"]
    assert found.described["contacts_total"] == ("Contacts in all", Base.BEHAVIOURAL, "contacts")
    assert found.described["contacts_web_shop"] == ("Contacts: Web shop", Base.BEHAVIOURAL, "contacts")
    assert found.described["main_contact_channel"] == ("Main contact channel", Base.BEHAVIOURAL, "")
    assert found.notes[-1] == "contacts.csv: 1 row names no customer and was not used."
    assert list(contacts(engine, tmp_path, as_of=None).frame.index) == ["C1", "C2", "C4"]
    undated = contacts(engine, tmp_path, "who:customer how:channel day:ignore")
    assert list(undated.frame.index) == ["C1", "C2", "C4"]


def test_of_many_channels_the_twelve_largest_are_shown(engine, tmp_path):
    rows = [["C1", f"way {i:02}", "2024-01-05"] for i in range(14) for _ in range(1 + (i == 13))]
    found = contacts(engine, tmp_path, rows=rows)
    assert found.frame.loc["C1", "contacts_total"] == 15
    names = [name for name in found.frame if name.startswith("contacts_way")]
    assert names == ["contacts_way_13", *[f"contacts_way_{i:02}" for i in range(11)]]


@pytest.mark.parametrize(("roles", "lacks"), [("a:channel b:number", "customer"), ("a:customer b:number", "channel")])
def test_contacts_need_a_customer_and_a_channel(engine, tmp_path, roles, lacks):
    with pytest.raises(DataError) as error:
        contacts(engine, tmp_path, roles, [["x", "1"], ["y", "2"]])
    assert lacks in error.value.what and "(a, b)" in error.value.what


def test_all_contacts_with_a_customer_need_no_note(engine, tmp_path):
    assert contacts(engine, tmp_path, rows=CONTACTS[:4]).notes == ()
    assert asked(engine, "select count(*) from t") == [4]
