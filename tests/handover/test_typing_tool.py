"""Every form of the typing tool says the same of every customer."""

import json
import sqlite3
from html.parser import HTMLParser

import duckdb
import numpy as np
import pandas as pd
import pytest

from segkit.core.profiles.typing_tool.card import plain
from segkit.core.profiles.typing_tool.tool import typing_tool
from segkit.handover.typing_sql import columns, query
from segkit.handover.typing_tool import write_typing_tool
from segkit.html.profiles.typing_form import how_good, typing_form
from segkit.words.errors import CriteriaError
from segkit.words.terms import Method, Step
from segkit.workbook.session import Session
from tests.core.profiles.typing_tool.made_up import mixed, segmentation
from tests.reading.sources.servers import postgres

NAMES = {"s1": "Inns <b>", "s2": "Hotels\n-- & more", "s3": "Camps"}


@pytest.fixture(scope="module")
def made():
    data, truth = mixed()
    tool = typing_tool(data, segmentation(data, data.customers.columns, truth))
    assert len(tool.card.questions) == 3, "all kinds of questions are to be tried"
    return data.customers, tool


def given(customers, card):
    """Return the customers as the table that the query reads, missing values as such."""
    frame = customers[[question.variable for question in card.questions]].set_axis(columns(card), axis=1)
    return frame.astype(object).where(frame.notna(), None).reset_index()


def rows(customers, card):
    return [tuple(row) for row in given(customers, card).itertuples(index=False, name=None)]


def of_queries(found):
    return pd.Series(dict(found), dtype=object).sort_index().tolist()


def created(card):
    kinds = ["double precision" if question.numeric else "varchar(200)" for question in card.questions]
    named = ", ".join(f"{name} {kind}" for name, kind in zip(columns(card), kinds, strict=True))
    return f"create table answers (customer_id varchar(20), {named})"


@pytest.mark.parametrize("connect", [duckdb.connect, sqlite3.connect], ids=["DuckDB", "SQLite"])
def test_the_query_says_what_python_says(made, connect):
    customers, tool = made
    database = connect(":memory:")
    for card in (tool.card, tool.paper):
        database.execute("drop table if exists answers")
        database.execute(created(card))
        marks = ", ".join("?" * (len(card.questions) + 1))
        database.executemany(f"insert into answers values ({marks})", rows(customers, card))
        found = database.execute(query(card, NAMES)).fetchall()
        assert of_queries(found) == card.assign(customers).tolist() and len(set(of_queries(found))) == 4
    database.close()


@pytest.mark.slow
def test_the_query_runs_unchanged_on_a_postgresql_server(made):
    customers, tool = made

    def literal(value):
        return "null" if value is None else "'" + value.replace("'", "''") + "'" if isinstance(value, str) else repr(value)

    values = ", ".join(f"({', '.join(map(literal, row))})" for row in rows(customers, tool.card))
    with postgres() as server:
        server.do(created(tool.card), f"insert into answers values {values}")
        assert of_queries(server.do(query(tool.card, NAMES))) == tool.card.assign(customers).tolist()


class Cells(HTMLParser):
    """The rows of the table on the page, as texts."""

    def __init__(self, page):
        super().__init__()
        self.rows = []
        self.open = False
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        if tag == "tr":
            self.rows.append([])
        if tag in ("td", "th"):
            self.rows[-1].append("")
        self.open = tag in ("td", "th", "span") and bool(self.rows)

    def handle_endtag(self, tag):
        self.open = self.open and tag not in ("td", "th")

    def handle_data(self, data):
        if self.open:
            self.rows[-1][-1] += data


def test_adding_up_on_paper_says_what_python_says(made):
    customers, tool = made
    page = typing_form("Smith & Sons", tool.paper, NAMES, tool.on_paper)
    assert "Smith &amp; Sons" in page and "Inns &lt;b&gt;" in page and "<script" not in page
    assert f"at least {tool.paper.lead} point" in page and how_good(tool.on_paper) in page
    _, start, *lines, total = Cells(page).rows
    assert start[0] == "Start with" and total[0] == "Total"
    blocks = []
    for line in lines:
        blocks.append([]) if len(line) == 1 else blocks[-1].append([int(cell) for cell in line[1:]])
    said = []
    for answers in tool.paper.given(customers):
        sums = np.array([int(cell) for cell in start[1:]])
        for block, place in zip(blocks, answers, strict=True):
            sums = sums + (block[place] if place >= 0 else 0)
        best, second = np.argmax(sums), np.sort(sums)[-2]
        said.append(f"s{best + 1}" if sums[best] - second >= tool.paper.lead else "unsure")
    assert said == tool.paper.assign(customers).tolist()


def test_json_says_what_python_says(made):
    customers, tool = made
    read = json.loads(json.dumps(plain(tool.card, NAMES)))

    def holds(answer, value):
        if "points" in answer and "from" in answer:
            low, below = answer["from"], answer["below"]
            return (low is None or value >= low) and (below is None or value < below)
        return answer.get("any_other", False) or answer.get("equals") == value

    said = []
    for _, customer in customers.iterrows():
        sums = dict(read["start"])
        for question in read["questions"]:
            value = customer[question["column"]]
            meant = None if pd.isna(value) else next((a for a in question["answers"] if holds(a, value)), None)
            for segment, points in (meant or {"points": {}})["points"].items():
                sums[segment] += points
        first, second = sorted(sums, key=lambda segment: -sums[segment])[:2]
        said.append(first if sums[first] - sums[second] >= read["lead"] else read["unsure"])
    assert said == tool.card.assign(customers).tolist()


def test_what_is_written_is_that_of_the_segments_of_now(tmp_path, monkeypatch):
    session = Session(tmp_path)
    session.choose(Step.CRITERIA, method=Method.K_MEANS, n_segments=4)
    folder = session.workspace.folder / "exports" / "typing_tool"
    assert {path.name for path in write_typing_tool(session)} == {"form.html", "tool.sql", "tool.json"}
    told = {path: path.read_bytes() for path in folder.iterdir()}
    write_typing_tool(session)
    assert told == {path: path.read_bytes() for path in folder.iterdir()}, "same customers, same bytes"
    session.choose(Step.CRITERIA, method=Method.RFM)
    write_typing_tool(session)
    assert [path.name for path in folder.iterdir()] == ["rule.json"]
    rule = json.loads((folder / "rule.json").read_text(encoding="utf-8"))
    assert rule["method"] == "rfm" and set(rule["segments"]) == set(session.results.criteria.segmentation.segments.index)
    monkeypatch.setattr("segkit.core.profiles.typing_tool.tool.LEAST_CUSTOMERS", 10**6)
    session.choose(Step.CRITERIA, method=Method.K_MEANS, n_segments=5)
    with pytest.raises(CriteriaError, match=r"There are 2,960 customers.*There is nothing to write"):
        write_typing_tool(session)
    assert list(folder.iterdir()) == [], "a tool of other segments does not stay behind"
