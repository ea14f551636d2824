"""A session on a small file of one's own: where it lies, what is suggested, what is written, and what is read again."""

import datetime as dt
from dataclasses import replace

import pytest

from segkit.words.errors import DataError, SegkitError
from segkit.words.terms import FileKind, Method, Role, Step
from segkit.workbook import session as module
from segkit.workbook.session import Session, open_workbook
from tests.made_up import customer_data


def orders(folder, name="mine.csv", customers=40, email=True):
    days = [dt.date(2025, 1, 1) + dt.timedelta(days=3 * n % 200) for n in range(2 * customers)]
    rows = [f"c{n % customers:02d},{day},{n % 40 + 5}.50,c{n % customers}@example.com" for n, day in enumerate(days)]
    path = folder / name
    path.write_text("customer,date,amount,email\n" + "\n".join(rows) + "\n", encoding="utf-8")
    return path


@pytest.fixture
def session(tmp_path, monkeypatch):
    monkeypatch.setattr(module, "_KEPT", {})
    made = Session(tmp_path / "mine")
    made.use_files([{"kind": FileKind.ORDERS, "path": str(orders(tmp_path))}])
    return made


@pytest.fixture
def loaded(session, monkeypatch):
    """Write down with what the customers are read."""
    from segkit.reading import load

    asked = []

    def read(files, **how):
        asked.append((files, how))
        return customer_data(60)

    monkeypatch.setattr(load, "load_customers", read)
    return asked


@pytest.mark.parametrize("mark", ["workbook.json", "exports"])
@pytest.mark.parametrize(("deep", "found"), [(0, True), (1, True), (2, True), (3, False)])
def test_a_notebook_finds_its_workspace_two_folders_up(tmp_path, monkeypatch, mark, deep, found):
    monkeypatch.delenv("SEGKIT_WORKSPACE", raising=False)
    here = tmp_path.joinpath("top", *"abc"[:deep])
    here.mkdir(parents=True)
    place = tmp_path / "top" / mark
    place.mkdir() if mark == "exports" else place.write_text("{}")
    monkeypatch.chdir(here)
    assert module._find_workspace() == (tmp_path / "top" if found else here / "workspace")


def test_where_there_is_none_a_workspace_lies_beside_the_notebooks(tmp_path, monkeypatch):
    monkeypatch.delenv("SEGKIT_WORKSPACE", raising=False)
    (tmp_path / "deep" / "notebooks").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "deep" / "notebooks")
    assert module._find_workspace() == tmp_path / "deep" / "workspace"
    monkeypatch.chdir(tmp_path / "deep")
    assert module._find_workspace() == tmp_path / "deep" / "workspace"
    (tmp_path / "deep" / "exports").write_text("a file of that name is no workspace")
    assert module._find_workspace() == tmp_path / "deep" / "workspace"
    monkeypatch.setenv("SEGKIT_WORKSPACE", str(tmp_path / "named"))
    assert open_workbook().workspace.folder == tmp_path / "named"
    assert open_workbook(str(tmp_path / "given")).workspace.folder == tmp_path / "given"


def test_results_outlive_a_session_of_the_same_workspace(session, loaded, tmp_path):
    first = session.results.data.customer_data
    assert Session(session.workspace.folder).results.data.customer_data is first
    other = Session(tmp_path / "other")
    other.use_files([{"kind": FileKind.ORDERS, "path": str(tmp_path / "mine.csv")}])
    assert other.results.data.customer_data is not first


def test_with_orders_rfm_is_suggested_and_without_what_the_data_allow(session, loaded, monkeypatch):
    assert session.criteria.method is Method.RFM
    data = customer_data(60)
    monkeypatch.setattr(session, "_load", lambda *_: data)
    assert session.criteria.method is Method.RFM
    few = data.customers[["age_years", "region", "monetary_total"]]
    for columns, method in (
        (few, Method.K_MEANS),
        (few.assign(frequency=1.0), Method.RFM),
        (few.assign(recency_days=1.0), Method.RFM),
    ):
        data = replace(data, customers=columns, variables=tuple(v for v in customer_data(60).variables if v.name in columns))
        assert session.criteria.method is method

    def refused(*_):
        raise DataError("It is gone.", "Put it back.")

    monkeypatch.setattr(session, "_load", refused)
    assert session.criteria.method is Method.RFM, "said where the data are shown"


def test_what_is_written_about_a_segment_is_changed_bit_by_bit(session, loaded):
    (first, second) = list(session.results.criteria.segmentation.segments.index)[:2]
    session.write_entry(Step.PROFILES, "personas", first, name="Ann", needs="bread")
    session.write_entry(Step.PROFILES, "personas", second, name="Bo")
    session.write_entry(Step.PROFILES, "personas", first, needs="cake")
    found = session.entries(Step.PROFILES, "personas")
    assert {segment: (one.name, one.needs) for segment, one in found.items()} == {first: ("Ann", "cake"), second: ("Bo", "")}
    key = session.results.criteria.filed_under
    assert {one.segmentation for one in found.values()} == {key} and key.startswith("own/")
    session.choose("criteria", rfm={"recency": [20, 90]})
    assert session.entries(Step.PROFILES, "personas") == {}
    session.write_entry(Step.PROFILES, "personas", first, name="Cy")
    assert [one.name for one in session.personas.personas] == ["Ann", "Bo", "Cy"], "what was written for other segments stays"


def test_columns_with_examples_but_nothing_private(session):
    ((kind, found),) = session.inspected().items()
    examples = {role.column: examples for role, examples in found}
    assert kind is FileKind.ORDERS and list(examples) == ["customer", "date", "amount", "email"]
    assert examples["email"] == "" and len(examples["amount"].split(", ")) == 3
    assert session.read_how()[FileKind.ORDERS].startswith("Read as: text in UTF-8")


def test_columns_are_looked_at_once_until_something_changes(session, monkeypatch):
    from segkit.reading import load

    looked = []
    monkeypatch.setattr(load, "inspect_files", lambda *asked: looked.append(asked) or {})
    session.inspected()
    assert looked == [], "what counting the customers has read is not read again"

    def uncountable(*files, **how):
        raise DataError("No column can be the customer.", "Choose one.")

    monkeypatch.setattr(load, "load_customers", uncountable)
    session.choose("data", day_first=False)
    session.inspected()
    session.read_how()
    session.choose("data", why="a reason")
    session.inspected()
    assert len(looked) == 1
    for edits in (
        {"day_first": True},
        {"roles": [{"kind": "orders", "column": "email", "role": Role.IGNORE}]},
        {"readings": [{"kind": "orders", "decimal": "."}]},
    ):
        session.choose("data", **edits)
        session.inspected()
    assert len(looked) == 4
    path = session.files()[FileKind.ORDERS][0]
    path.write_text(path.read_text() + "c01,2025-09-01,7.50,x@example.com\n")
    session.inspected()
    assert len(looked) == 5
    files, roles, day_first, readings, _ = looked[-1]
    assert files == session.files() and (roles, day_first) == (session.data_decision.roles, session.data_decision.day_first)
    assert readings == session.data_decision.readings


def test_customers_are_read_as_decided(session, loaded):
    session.choose("data", as_of="2025-12-31", day_first=True, rules_off=["cancelled"], rules_on=["test_account"])
    session.choose("data", currency="EUR", rates=[{"currency": "USD", "worth": 0.9}], rates_on="2025-12-31")
    session.choose("goals", business={"currency": "CHF"})
    assert session.results.data.customer_data
    files, how = loaded[-1]
    assert callable(how.pop("progress"))
    decision = session.data_decision
    assert files == session.files() and how == {
        "roles": decision.roles, "rules_off": decision.rules_off, "rules_on": decision.rules_on, "as_of": dt.date(2025, 12, 31),
        "day_first": True, "readings": (), "currency": "CHF", "later": None, "later_as_of": None,
        "statuses": (), "counting": "EUR", "rates": decision.rates, "rates_on": dt.date(2025, 12, 31), "confirmed": (),
    }  # fmt: skip


def test_customers_are_read_again_only_for_what_changes_them(session, loaded):
    first = session.results.data.customer_data
    session.choose("data", why="a reason", survey=["age"])
    session.choose("review", later_as_of="2026-01-31")
    assert session.results.data.customer_data is first and len(loaded) == 1
    session.choose("goals", business={"currency": "CHF"})
    assert session.results.data.customer_data is not first and len(loaded) == 2
    session.choose("data", as_of="2025-12-31")
    assert session.results.data.customer_data and len(loaded) == 3


def test_customers_of_a_later_period(session, loaded, tmp_path):
    assert session.results.review.later() is None and len(loaded) == 1
    later = orders(tmp_path, "later.csv")
    session.choose("review", later_file=str(later), later_as_of="2026-01-31")
    after = session.results.review.later()
    assert loaded[-1][1]["later"] == later and loaded[-1][1]["later_as_of"] == dt.date(2026, 1, 31)
    assert session.results.review.later() is after and len(loaded) == 2, "those of before are kept beside"
    later.write_text(later.read_text() + "c01,2025-09-01,7.50,x@example.com\n")
    assert session.results.review.later() is not after
    session.choose("review", later_as_of="2026-02-28")
    assert session.results.review.later() and len(loaded) == 4
    assert session.results.data.customer_data and len(loaded) == 4


def test_customers_as_they_were_on_a_day(session, loaded):
    session.choose("data", as_of="2025-12-31")
    then = session.results.data.until(dt.date(2025, 3, 1))
    assert loaded[-1][1]["as_of"] == dt.date(2025, 3, 1) and session.results.data.until(dt.date(2025, 3, 1)) is then
    assert session.results.data.until(dt.date(2025, 4, 1)) is not then
    assert len(loaded) == 3


@pytest.mark.parametrize("on", [True, False])
def test_pseudonyms_stand_in_place_of_numbers_only_where_they_are_wanted(session, loaded, on):
    session.choose("data", pseudonyms=on)
    customers = session.results.data.customer_data.customers
    assert all(name.startswith("p-") is on for name in customers.index)


def test_the_currency_of_a_sample_is_its_own(tmp_path, monkeypatch):
    from segkit.reading import load

    asked = []
    monkeypatch.setattr(module, "_KEPT", {})
    monkeypatch.setattr(load, "load_customers", lambda files, **how: asked.append(how) or customer_data(60))
    session = Session(tmp_path)
    session.choose("goals", business={"currency": "CHF"})
    assert session.results.data.customer_data and asked[-1]["currency"] == session.sample.currency != "CHF"
    assert session.results.criteria.business == session.sample.name
    assert session.results.review.later() and asked[-1]["later"] == session.later_file()


def test_why_a_customer_is_where_it_is(session, loaded):
    session.choose("criteria", method=Method.BY_HAND, by_hand=[{"variable": "frequency"}])
    data = session.results.data.customer_data
    name = session.results.criteria.segmentation.segments["segment_name"][
        session.results.criteria.segmentation.segment_of["C00001"]
    ]
    assert session.why("C00001").startswith(
        f"Customer C00001 is in “{name}”. Orders is {data.customers['frequency']['C00001']:.0f}"
    )
    with pytest.raises(SegkitError, match="zz"):
        session.why("zz")


def test_the_exercise_by_hand_is_one_for_the_session(session, loaded):
    assert session.hand is session.hand and session.hand.bands() != ()
    assert sum(pot.size for pot in session.hand.table().pots) == 60
