"""The survey goes out, the answers come back in, whatever the form program made of them."""

import csv

import pytest

from segkit.core.data.survey import AGREEMENT
from segkit.handover.survey import questions, write_survey
from segkit.words.terms import Base, FileKind, Role
from segkit.workbook.session import Session


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
    for question in questions(session):
        assert question.text in page
    assert len(rows(folder / "questions.csv")) == 1 + len(questions(session))


def test_whom_to_ask_are_customers_drawn_by_lot(written):
    session, folder = written
    header, *asked = rows(folder / "recipients.csv")
    assert header == ["customer_id"]
    assert {row[0] for row in asked} < set(session.results.data.customer_data.customers.index)
    before = (folder / "recipients.csv").read_bytes()
    write_survey(session)
    assert (folder / "recipients.csv").read_bytes() == before


@pytest.mark.parametrize("headed_by", ["id", "text"])
def test_answers_come_back_as_scores_of_their_base(written, headed_by, tmp_path):
    session, folder = written
    asked = [q for q in questions(session) if not q.free]
    answers = tmp_path / "answers.csv"
    people = [row[0] for row in rows(folder / "recipients.csv")[1:61]]
    with answers.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["Timestamp", "Your customer number", *(getattr(q, headed_by) for q in asked)])
        for n, person in enumerate(people):
            said = [(q.options or AGREEMENT)[(n + i) % len(q.options or AGREEMENT)] for i, q in enumerate(asked)]
            writer.writerow([f"2026-01-{n % 28 + 1:02d}", person, *said])
    own = Session(tmp_path / "w")
    (orders,) = session.files()[FileKind.ORDERS]
    own.use_files([{"kind": FileKind.ORDERS, "path": str(orders)}, {"kind": FileKind.SURVEY, "path": str(answers)}])
    data = own.results.data.customer_data
    roles = {role.column: role for role in data.roles[FileKind.SURVEY]}
    for question in asked:
        assert (roles[question.short].role, roles[question.short].base) == (question.role, question.base)
    stated = next(v for v in data.variables if v.label == "Compares prices")
    assert stated.base is Base.PSYCHOGRAPHIC and stated.numeric
    assert set(data.customers[stated.name].dropna()) == {1, 2, 3, 4, 5}
    assert roles["Your customer number"].role is Role.CUSTOMER
    (join,) = data.joins
    assert join.matched == len(people) and join.only_here == 0
    assert "of the workbook's own questions recognised" in data.readings[1].sentence
