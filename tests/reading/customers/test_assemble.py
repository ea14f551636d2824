"""Files put together: each customer's row, joins counted both ways, people with two numbers, and all notes."""

import datetime as dt

import duckdb
import pandas as pd
import pytest

from segkit.core.data.currencies import CurrencyChoice
from segkit.core.data.damage import Finding
from segkit.reading.customers import assemble as module
from segkit.reading.customers.assemble import assemble
from segkit.words.terms import Base, CleaningRule, FileKind, Grain, Severity
from tests.reading.engine import known


def day(text):
    return dt.date.fromisoformat(text)


ORDERS = [["C1", "2024-01-10", "10"], ["C1", "2024-02-10", "20"], ["C2", "2024-02-20", "30"], ["C3", "2024-03-01", "5"]]
PEOPLE = [["C1", "1980", "2020-03-01", "Bonn", "1"], ["C2", None, None, None, "2"], ["C9", "1990", "2023-03-01", "Ulm", "3"]]
CONTACTS = [["C1", "web"], ["C1", "phone"], ["C8", "web"]]


@pytest.fixture
def put(tmp_path):
    """Return a function that puts files together, each given by its roles and rows."""

    def together(*later, **how):
        with duckdb.connect() as engine:
            return _together(engine, *later, **how)

    def _together(engine, later=None, *, kinds=None, off=(), on=(), as_of=None, currency="€", say=lambda _: None, **files):
        made = {}
        for kind, (roles, rows) in files.items():
            grain = Grain.ORDER if kind == "orders" else Grain.CUSTOMER
            made[FileKind(kind)] = known(
                engine, tmp_path, roles, rows, kind=FileKind(kind), grain=grain, name=kind, file_name=f"{kind}.csv"
            )
        other = known(engine, tmp_path, *later, name="later", file_name="later.csv") if later else None
        if kinds:
            kinds(made, other)
        return assemble(made, other, rules_off=off, rules_on=on, as_of=as_of, later_as_of=None,
                        currency=CurrencyChoice(currency), folder=tmp_path, say=say)  # fmt: skip

    return together


SOLD = ("who:customer day:date sum:amount", ORDERS)
WHO = ("who:customer birth_year:number since:date town:category kids:number", PEOPLE)
TOLD = ("who:customer how:channel", CONTACTS)


@pytest.fixture(scope="module")
def whole(engine, tmp_path_factory):
    folder, said = tmp_path_factory.mktemp("whole"), []
    files = {
        FileKind(kind): known(engine, folder, *what, kind=FileKind(kind), name=f"w_{kind}", file_name=f"{kind}.csv",
                              grain=Grain.ORDER if kind == "orders" else Grain.CUSTOMER)
        for kind, what in {"orders": SOLD, "customers": WHO, "contacts": TOLD}.items()
    }  # fmt: skip
    found = assemble(files, None, rules_off=(), rules_on=(), as_of=None, later_as_of=None,
                     currency=CurrencyChoice("€"), folder=folder, say=said.append)  # fmt: skip
    return found, said


def test_one_row_a_customer_of_the_main_file(whole):
    data, said = whole
    assert list(data.customers.index) == ["C1", "C2", "C3"] and len(said) == 1
    assert list(data.customers.columns) == [
        "recency_days", "frequency", "monetary_total", "monetary_mean", "tenure_days", "town", "kids", "age",
        "contacts_total", "contacts_web", "contacts_phone", "main_contact_channel",
    ]  # fmt: skip
    first = data.customers.loc["C1"]
    assert first[["frequency", "monetary_total", "kids", "town", "age", "tenure_days"]].tolist() == [2, 30, 1, "Bonn", 44, 52]
    assert data.customers["age"].isna().tolist() == [False, True, True]
    assert data.customers["kids"].isna().tolist() == [False, False, True]
    labels = {v.name: (v.label, v.base, v.unit) for v in data.variables}
    assert labels["age"] == ("Age", Base.DEMOGRAPHIC, "years") and labels["town"] == ("Town", Base.BEHAVIOURAL, "")
    assert labels["contacts_web"] == ("Contacts: Web", Base.BEHAVIOURAL, "contacts")


def test_whom_nobody_contacted_has_had_no_contacts(whole):
    customers = whole[0].customers
    assert customers["contacts_total"].tolist() == [2, 0, 0] and customers["contacts_web"].tolist() == [1, 0, 0]
    assert customers["main_contact_channel"].isna().tolist() == [False, True, True]


def test_joins_are_counted_both_ways(whole):
    assert [(j.kind, j.matched, j.only_main, j.only_here) for j in whole[0].joins] == [
        (FileKind.CUSTOMERS, 2, 1, 1), (FileKind.CONTACTS, 1, 2, 1),
    ]  # fmt: skip


def test_what_is_known_of_the_whole(whole):
    data = whole[0]
    assert (data.grain, data.currency, data.merged_customers) == (Grain.ORDER, "€", 0)
    assert (data.as_of, data.first_date, data.last_date) == (day("2024-03-02"), day("2024-01-10"), day("2024-03-01"))
    assert (data.orders, data.revenue, data.ledger.rows_kept) == (4, 65.0, 4)
    assert [r.file_name for r in data.readings] == ["orders.csv", "customers.csv", "contacts.csv"]
    assert list(data.roles) == [FileKind.ORDERS, FileKind.CUSTOMERS, FileKind.CONTACTS]
    assert list(data.columns["column"]) == [
        "who", "day", "sum", "who", "birth_year", "since", "town", "kids", "who", "how",
    ]  # fmt: skip
    assert data.damage == () and data.notes == ()


def test_a_file_of_customers_alone(put):
    data = put(customers=("who:customer n:number spent:amount", [["C1", "1", "5"], ["C1", "2", "6"], ["C2", "3", "7"]]))
    assert data.customers.to_dict() == {"monetary_total": {"C1": 5, "C2": 7}, "n": {"C1": 1, "C2": 3}}
    assert data.ledger.rows_set_aside == {CleaningRule.DUPLICATE_ROW: 1} and data.joins == ()
    tested = put(customers=("who:customer n:number", [["test", "1"], ["C2", "3"]]), off=[CleaningRule.TEST_ACCOUNT])
    assert list(tested.customers.index) == ["C2", "test"]


def test_a_survey_alone_is_the_main_file_and_beside_others_it_joins(put):
    survey = ("who:customer n:number", [["C1", "1"], ["C2", "3"]])
    assert list(put(survey=survey).customers.columns) == ["n"]
    data = put(customers=("who:customer m:number", [["C1", "7"]]), survey=survey)
    assert data.customers.loc["C1"].to_dict() == {"m": 7, "n": 1} and data.joins[0].only_here == 1


def test_days_as_a_customer_come_from_the_day_of_joining_where_orders_tell_none(put):
    people = ("who:customer since:date", [["C1", "2024-01-01"], ["C2", None]])
    data = put(survey=("who:customer n:number", [["C1", "1"]]), customers=people, as_of=day("2024-01-31"))
    assert data.customers.loc["C1", "tenure_days"] == 30
    undated = put(
        customers=("who:customer n:number", [["C1", "1"]]), survey=("who:customer birth_year:number", [["C1", "1980"]])
    )
    assert "age" not in undated.customers


def test_days_as_a_customer_of_a_second_file(put):
    orders = ("who:customer n:frequency", [["C1", "1"], ["C2", "2"]])

    def swap(made, _):
        made[FileKind.ORDERS] = made[FileKind.ORDERS].__class__(**{**vars(made[FileKind.ORDERS]), "grain": Grain.CUSTOMER})

    data = put(
        orders=orders, customers=("who:customer since:date", [["C1", "2024-01-01"]]), as_of=day("2024-01-31"), kinds=swap
    )
    assert data.customers["tenure_days"].tolist()[0] == 30 and data.customers["tenure_days"].isna().tolist() == [False, True]
    (tenure,) = (v for v in data.variables if v.name == "tenure_days")
    assert (tenure.label, tenure.base, tenure.unit) == ("Days as a customer", Base.BEHAVIOURAL, "days")


def test_impossible_ages_of_a_second_file_are_said(put):
    people = ("who:customer birth_year:number", [["C1", "1880"], ["C2", "1980"]])
    data = put(orders=SOLD, customers=people)
    assert data.customers["age"].isna().tolist() == [True, False, True]
    assert data.notes == ("1 customer has an impossible age (below 10 or above 110); it counts as missing.",)


def test_a_second_file_fills_what_the_first_one_leaves_open(put):
    one = ("who:customer town:category n:number", [["C1", "Bonn", "1"], ["C2", None, "2"], ["C3", None, None]])
    other = ("who:customer town:category n:category", [["C1", "Ulm", "a"], ["C2", "Kiel", "b"]])
    data = put(customers=one, survey=other)
    assert data.customers["town"].tolist()[:2] == ["Ulm", "Kiel"] and data.customers["town"].isna().tolist()[2]
    assert data.customers["n"].tolist()[:2] == ["a", "b"]  # of another kind: the second replaces the first
    some = put(customers=one, survey=("who:customer town:category", [["C2", "Kiel"]]))
    assert some.customers["town"].tolist()[:2] == ["Bonn", "Kiel"]


MAILS = [
    ["C1", "ann@a.de", None, "1", None],
    ["C2", "ann@a.de", "Ulm", "2", "1980"],
    ["C3", "bob@b.de", "Kiel", "3", "1990"],
]
SAME = ("who:customer mail:personal town:category kids:number birth_year:number", MAILS)


def test_one_person_under_two_numbers_is_one_row(put):
    contacts = ("who:customer how:channel", [["C1", "web"], ["C2", "web"], ["C2", "phone"], ["C3", "phone"]])
    data = put(orders=SOLD, customers=SAME, contacts=contacts)
    assert data.merged_customers == 1 and list(data.customers.index) == ["C1", "C3"]
    assert data.customers.loc["C1", ["monetary_total", "frequency", "kids", "town"]].tolist() == [60, 3, 1, "Ulm"]
    assert data.customers["age"].tolist() == [44, 34]
    assert data.customers["contacts_total"].tolist() == [3, 1] and data.customers["contacts_phone"].tolist() == [1, 1]
    assert [(j.matched, j.only_main, j.only_here) for j in data.joins] == [(2, 0, 0), (2, 0, 0)]


def test_the_row_under_the_kept_number_comes_first_wherever_it_stands():
    frame = pd.DataFrame(
        {"n": [2.0, 1.0, 3.0], "town": ["Ulm", "Bonn", "Kiel"]}, index=pd.Index(["B", "C", "D"], name="customer_id")
    )
    frame["town"] = frame["town"].astype("str")
    merged = module._one_row_a_person(frame, {"B": "C"}, add=False)
    assert merged.to_dict() == {"n": {"C": 1, "D": 3}, "town": {"C": "Bonn", "D": "Kiel"}}
    added = module._one_row_a_person(frame, {"B": "C"}, add=True)
    assert added.to_dict() == {"n": {"C": 3, "D": 3}, "town": {"C": "Bonn", "D": "Kiel"}}
    assert module._one_row_a_person(frame, {}, add=False) is frame and list(merged.dtypes) == list(frame.dtypes)


def test_accounts_that_the_customer_file_calls_tests_are_set_aside(put):
    data = put(orders=SOLD, customers=("who:customer name:personal", [["C1", "Test User"], ["C2", "Ann"]]))
    assert list(data.customers.index) == ["C2", "C3"] and data.ledger.rows_set_aside == {CleaningRule.TEST_ACCOUNT: 2}


def test_leading_zeros_that_one_of_two_files_lost():
    def found(main, here):
        return [f.evidence for f in module._zeros("people.csv", pd.Index(main), pd.Index(here))]

    full = [f"{i:04d}" for i in range(1, 5)]
    assert found(full, ["1", "2", "3", "A"]) == ["0 customers are in both files as written, 3 if leading zeros are left out."]
    assert found(full, ["1", "2", "A"]) == []
    assert found([*full, "A"], ["0001", "2", "3", "4", "A", "B"]) == [
        "2 customers are in both files as written, 5 if leading zeros are left out."
    ]
    assert found(full, full) == []


def test_damage_and_readings_of_all_files_come_together(put):
    def spoil(made, later):
        for file in [*made.values(), later]:
            name = file.table.file_name
            object.__setattr__(file, "damage", (Finding(Severity.WARNING, name, "", "w", "e", "r"),))
            object.__setattr__(file, "notes", (f"{name} is odd.", "Both are odd."))

    data = put((SOLD[0], [["C1", "2024-03-05", "7"]]), orders=SOLD, customers=WHO, kinds=spoil)
    assert [f.file_name for f in data.damage] == ["orders.csv", "customers.csv", "later.csv"]
    assert [r.file_name for r in data.readings] == ["orders.csv", "customers.csv", "later.csv"]
    assert data.notes == ("orders.csv is odd.", "Both are odd.", "customers.csv is odd.")
    assert data.last_date == day("2024-03-05") and data.revenue == 72 - 10


def test_notes_of_the_second_file_and_of_months_without_orders(put):
    rows = [["C1", f"2024-{month:02d}-1{i}", "1"] for month in (1, 3) for i in range(6)]
    data = put(
        orders=("who:customer day:date sum:amount", rows), customers=("who:customer n:number", [["C1", "1"], ["C1", "2"]])
    )
    assert data.notes[0] == "customers.csv: 1 row repeats a customer; each customer's first row was used."
    assert data.notes[1].startswith("No orders at all in February 2024, where months usually have 6.")
