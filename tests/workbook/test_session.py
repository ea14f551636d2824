"""A session: decisions, data and results of one workspace."""

import pytest

from segkit.samples.catalogue import SAMPLES
from segkit.words.errors import DataError, WorkbookError
from segkit.words.terms import FileKind, Method, Step
from segkit.workbook.session import Session, open_workbook


@pytest.mark.parametrize("sample", SAMPLES)
def test_the_worked_example_is_written_about_segments_that_exist(sample, tmp_path):
    session = Session(tmp_path)
    session.change(Step.DATA, lambda _: session.sample_decision(sample))
    segments = set(session.results.criteria.segmentation.segments.index)
    for step, field in (
        (Step.PROFILES, "labels"),
        (Step.PROFILES, "personas"),
        (Step.TARGETING, "ratings"),
        (Step.TARGETING, "plans"),
    ):
        written = session.entries(step, field)
        assert len(written) == len(getattr(session.decision(step), field)), "an entry is filed under another segmentation"
        assert set(written) <= segments
    assert set(session.entries(Step.PROFILES, "personas")) == segments


def orders(folder, customers=60):
    rows = [f"c{n % customers:02d},2025-{n % 9 + 1:02d}-{n % 27 + 1:02d},{n % 40 + 5}.50" for n in range(300)]
    path = folder / "mine.csv"
    path.write_text("customer,date,amount\n" + "\n".join(rows) + "\n", encoding="utf-8")
    return path


def test_several_files_of_orders_are_one_business(tmp_path):
    session = Session(tmp_path)
    path = orders(tmp_path)
    lines = path.read_text(encoding="utf-8").split("\n")
    parts = [tmp_path / "first.csv", tmp_path / "second.csv"]
    parts[0].write_text("\n".join(lines[:160]) + "\n", encoding="utf-8")
    parts[1].write_text("\n".join([lines[0], *lines[160:]]), encoding="utf-8")
    session.use_files([{"kind": FileKind.ORDERS, "path": str(path)}])
    whole = session.results.data.customer_data
    session.use_files([{"kind": FileKind.ORDERS, "path": str(part)} for part in parts])
    assert Session(tmp_path).files() == {FileKind.ORDERS: tuple(parts)}, "saved and opened again"
    assert session.results.data.customer_data.customers.equals(whole.customers)
    assert session.results.data.customer_data.ledger.rows_read == whole.ledger.rows_read == 300


@pytest.mark.parametrize(
    ("kinds", "words"),
    [
        ((FileKind.SURVEY, FileKind.SURVEY), "only files of orders or of contacts may be several"),
        ((FileKind.ORDERS, FileKind.ORDERS), "the same file is chosen twice"),
    ],
)
def test_files_that_may_not_be_several(tmp_path, kinds, words):
    same = str(orders(tmp_path))
    with pytest.raises(WorkbookError, match=words):
        Session(tmp_path).use_files([{"kind": kind, "path": same} for kind in kinds])


def test_own_files_bring_nothing_of_the_sample_along(tmp_path):
    session = Session(tmp_path)
    session.choose("data", why="about the sample")
    session.use_files([{"kind": FileKind.ORDERS, "path": str(orders(tmp_path))}])
    assert session.data_decision.why == "" and session.sample is None
    assert not session.goals.business.name and not session.entries(Step.PROFILES, "personas")
    assert session.later_file() is None


def test_what_is_written_about_the_sample_is_not_shown_for_own_files_of_the_same_segmentation(tmp_path):
    session = Session(tmp_path)
    session.choose("criteria", method="rfm")
    session.write_entry(Step.PROFILES, "personas", "champions", name="of the sample")
    session.use_files([{"kind": FileKind.ORDERS, "path": str(orders(tmp_path))}])
    assert session.criteria.method is Method.RFM
    assert not session.entries(Step.PROFILES, "personas")


def test_a_file_that_went_away_is_said_in_words(tmp_path):
    session = Session(tmp_path)
    path = orders(tmp_path)
    session.use_files([{"kind": FileKind.ORDERS, "path": str(path)}])
    path.unlink()
    with pytest.raises(DataError, match=r"The file mine\.csv is not there any more .* Put it back, or choose another file"):
        session.results  # noqa: B018


def test_a_changed_file_is_read_again_and_an_unchanged_one_is_not(tmp_path):
    session = Session(tmp_path)
    path = orders(tmp_path)
    session.use_files([{"kind": FileKind.ORDERS, "path": str(path)}])
    first = session.results.data.customer_data
    assert session.results.data.customer_data is first
    session.choose("data", why="a reason changes no result")
    assert session.results.data.customer_data is first
    path.write_text(path.read_text() + "c99,2025-09-01,7.50\n")
    assert len(session.results.data.customer_data.customers) == len(first.customers) + 1


def test_an_unknown_step_is_refused_in_words(tmp_path):
    with pytest.raises(WorkbookError, match=r"There is no step called “prices”\. Choose one of: goals, data, criteria"):
        Session(tmp_path).choose("prices", why="")


def test_a_notebook_finds_its_workspace(tmp_path, monkeypatch):
    monkeypatch.delenv("SEGKIT_WORKSPACE", raising=False)
    workspace = tmp_path / "mine"
    Session(workspace).choose("goals", why="found")
    (workspace / "notebooks").mkdir()
    monkeypatch.chdir(workspace / "notebooks")
    assert open_workbook().goals.why == "found"


def test_a_file_of_the_same_name_is_never_replaced(tmp_path):
    session = Session(tmp_path)
    session.keep_file("../mine.csv", b"a")
    assert session.own_files() == ("mine.csv",), "a path in the name leads nowhere else"
    assert session.keep_file("mine.csv", b"b") == "mine (2).csv" and session.keep_file("mine.csv", b"c") == "mine (3).csv"
    assert (session.workspace.folder / "data" / "mine.csv").read_bytes() == b"a"


OLD = """{
  "schema_version": 1,
  "data": {
    "why": "from the till",
    "sample": "",
    "files": [{"kind": "orders", "path": "first.csv"}, {"kind": "orders", "path": "second.csv"}],
    "roles": [{"kind": "orders", "column": "amount", "role": "amount"}],
    "rules_off": ["cancelled"],
    "as_of": "2025-12-31",
    "day_first": null
  },
  "history": [
    {"at": "2025-06-01T10:00:00Z", "step": "data", "field": "sample", "chosen": "", "rejected": "coffee_roaster",
     "why": "from the till"}
  ]
}
"""


def test_a_workbook_of_an_earlier_version_with_several_files_opens_and_reads(tmp_path):
    (tmp_path / "data").mkdir()
    lines = orders(tmp_path).read_text(encoding="utf-8").split("\n")
    (tmp_path / "data" / "first.csv").write_text("\n".join(lines[:160]) + "\n", encoding="utf-8")
    (tmp_path / "data" / "second.csv").write_text("\n".join([lines[0], *lines[160:]]), encoding="utf-8")
    (tmp_path / "workbook.json").write_text(OLD, encoding="utf-8")
    session = Session(tmp_path)
    assert session.workspace.notices == []
    decided = session.data_decision
    assert (decided.readings, decided.pseudonyms, decided.survey, decided.rules_on) == ((), False, None, ())
    data = session.results.data.customer_data
    assert (data.ledger.rows_read, len(data.customers), str(data.as_of)) == (300, 60, "2025-12-31")
    assert data.roles[FileKind.ORDERS][2].by_person and session.tables_in(FileKind.ORDERS) == ()
    session.read_as("orders", decimal=".")
    again = Session(tmp_path)
    assert (again.data_decision.files, again.data_decision.why) == (decided.files, "from the till")
    assert again.data_decision.readings[0].decimal == "." and again.book.history[0].why == "from the till"
