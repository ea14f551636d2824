"""The survey goes out, the answers come back in, whatever the form program made of them."""

import csv

import duckdb
import pytest

from segkit.core.data.roles.columns import ColumnRole
from segkit.core.data.survey import AGREEMENT, question
from segkit.handover.survey import questions, write_survey
from segkit.reading.survey_answers import read_back, role_of
from segkit.words.terms import Base, FileKind, Role
from segkit.workbook.session import Session
from tests.reading.engine import asked, raw


@pytest.fixture
def answers(tmp_path):
    """Return a function that reads answers back: names, questions, cells, and what was decided."""
    with duckdb.connect() as engine:

        def read(header, rows):
            table, questions = read_back(raw(engine, tmp_path, header, rows), tmp_path)
            return table, questions, asked(engine, f"select * exclude (place) from {table.name} order by place")

        yield read


def test_questions_are_recognised_by_id_text_or_short_name(answers):
    header = ["who", "ask_price", "2 I like to try new things early!", "Buys for others", "ask_age", "ask_better"]
    rows = [["C1", "Agree", " strongly agree ", "5 - strongly agree", "25 to 34", "agree"],
            ["C2", "maybe", "2", None, "agree", "nothing"]]  # fmt: skip
    table, questions, cells = answers(header, rows)
    assert table.header == (
        "who", "Compares prices", "Tries new things early", "Buys for others", "Age group", "What to do better",
    )  # fmt: skip
    assert {name: q.id for name, q in questions.items()} == {
        "Compares prices": "ask_price", "Tries new things early": "ask_new", "Buys for others": "ask_gift",
        "Age group": "ask_age", "What to do better": "ask_better",
    }  # fmt: skip
    assert cells == [  # statements are scored; age groups and free answers stay as they are
        (2, "C1", "4", "5", "5", "25 to 34", "agree"),
        (3, "C2", "maybe", "2", None, "agree", "nothing"),
    ]
    assert table.decisions == ("text in UTF-8", "answers to 5 of the workbook's own questions recognised")


def test_a_question_that_stands_there_twice_counts_once(answers):
    table, questions, cells = answers(["ask_price", "Compares prices", "ask_new"], [["agree"] * 3])
    assert table.header == ("Compares prices", "Compares prices", "Tries new things early") and len(questions) == 2
    assert cells == [(2, "4", "agree", "4")]


def test_a_survey_of_ones_own_stays_as_it_is(answers):
    table, questions, cells = answers(["who", "do you agree?"], [["C1", "agree"]])
    assert (table.header, questions, cells) == (("who", "do you agree?"), {}, [(2, "C1", "agree")])
    assert table.decisions == ("text in UTF-8",)


def test_answers_to_choose_from_are_not_scored(answers):
    table, _, cells = answers(["ask_age"], [["agree"]])
    assert table.header == ("Age group",) and cells == [(2, "agree")]


def test_a_question_says_what_its_answers_are_unless_the_person_does():
    questions = {name: question(name) for name in ("ask_price", "ask_age", "ask_better")}

    def role(name, by_person=False):
        found = role_of(ColumnRole(name, Role.LEAK, Base.GEOGRAPHIC, 0.5, "guessed", by_person), questions)
        return found.column, found.role, found.base, found.confidence, found.by_person

    assert role("ask_price") == ("ask_price", Role.NUMBER, Base.PSYCHOGRAPHIC, 1.0, False)
    assert role("ask_age") == ("ask_age", Role.CATEGORY, Base.DEMOGRAPHIC, 1.0, False)
    assert role("ask_better") == ("ask_better", Role.FREE_TEXT, None, 1.0, False)
    assert role("other") == ("other", Role.LEAK, Base.GEOGRAPHIC, 0.5, False)
    assert role("ask_age", by_person=True) == ("ask_age", Role.LEAK, Base.GEOGRAPHIC, 0.5, True)


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    session = Session(tmp_path_factory.mktemp("shop"))
    session.choose("goals", business={"name": "Bits & <Bobs>"})
    return session, write_survey(session)


def rows(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def test_the_form_stands_alone_and_escapes_the_name(written):
    session, folder = written
    page = (folder / "survey.html").read_text(encoding="utf-8")
    assert "Bits &amp; &lt;Bobs&gt;" in page and "<script" not in page and "http" not in page
    for one in questions(session):
        assert one.text in page
    assert len(rows(folder / "questions.csv")) == 1 + len(questions(session))


def test_whom_to_ask_are_customers_drawn_by_lot(written):
    session, folder = written
    header, *drawn = rows(folder / "recipients.csv")
    assert header == ["customer_id"]
    assert {row[0] for row in drawn} < set(session.results.data.customer_data.customers.index)
    before = (folder / "recipients.csv").read_bytes()
    write_survey(session)
    assert (folder / "recipients.csv").read_bytes() == before


@pytest.mark.parametrize("headed_by", ["id", "text"])
def test_answers_come_back_as_scores_of_their_base(written, headed_by, tmp_path):
    session, folder = written
    posed = [q for q in questions(session) if not q.free]
    answers = tmp_path / "answers.csv"
    people = [row[0] for row in rows(folder / "recipients.csv")[1:61]]
    with answers.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["Timestamp", "Your customer number", *(getattr(q, headed_by) for q in posed)])
        for n, person in enumerate(people):
            said = [(q.options or AGREEMENT)[(n + i) % len(q.options or AGREEMENT)] for i, q in enumerate(posed)]
            writer.writerow([f"2026-01-{n % 28 + 1:02d}", person, *said])
    own = Session(tmp_path / "w")
    (orders,) = session.files()[FileKind.ORDERS]
    own.use_files([{"kind": FileKind.ORDERS, "path": str(orders)}, {"kind": FileKind.SURVEY, "path": str(answers)}])
    data = own.results.data.customer_data
    roles = {role.column: role for role in data.roles[FileKind.SURVEY]}
    for one in posed:
        assert (roles[one.short].role, roles[one.short].base) == (one.role, one.base)
    stated = next(v for v in data.variables if v.label == "Compares prices")
    assert stated.base is Base.PSYCHOGRAPHIC and stated.numeric
    assert set(data.customers[stated.name].dropna()) == {1, 2, 3, 4, 5}
    assert roles["Your customer number"].role is Role.CUSTOMER
    (join,) = data.joins
    assert join.matched == len(people) and join.only_here == 0
    assert "of the workbook's own questions recognised" in data.readings[1].sentence
