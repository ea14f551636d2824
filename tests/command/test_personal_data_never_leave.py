"""Businesses whose files hold all planted personal values: none of them is in anything that the workbook writes or shows."""

import csv
import random
from itertools import count
from pathlib import Path

import nbformat
import pytest

from segkit.command import runner
from segkit.core.data.noticed import noticed, plain
from segkit.reading.load import load_customers
from segkit.words.terms import FileKind
from tests.command.notebooks_here import executed_here, speak_of_few_samples
from tests.planted_people import planted

VALUES = tuple(dict.fromkeys(value.text for value in planted()))
"""What the files hold; each so often that a category would be shown."""


def business(folder: Path, seed: int) -> dict[FileKind, Path]:
    """Write orders and customers of a business; each value stands with several customers, in columns of other words."""
    dice = random.Random(seed)
    values = list(VALUES)
    dice.shuffle(values)
    columns = [values[start::12] for start in range(12)]
    people = [f"C{number:04d}" for number in range(480)]
    usual = [f"Ward {letter}" for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"]

    def cell(column: list[str], who: int) -> str:
        return column[who // 2 % len(column)] if who % 2 else usual[who // 2 % len(usual)]

    orders, numbers = [], count(1)
    for n, who in enumerate(people):
        for _ in range(dice.choice((1, 2, 2, 5))):
            day = f"2024-{dice.randrange(1, 13):02d}-{dice.randrange(1, 28):02d}"
            row = [
                f"A{next(numbers):05d}",
                who,
                day,
                f"{dice.uniform(5, 90):.2f}",
                ("Anna Müller", "Lars Johansson", "Web")[n % 3],
            ]
            orders.append([*row, *(cell(column, n) for column in columns[:6])])
    header = ["order_id", "customer_id", "order_date", "amount", "Booked", "Way", "Group", "Mark", "Kind", "Gate", "Lane"]
    members = [[who, *(cell(column, n) for column in columns[6:])] for n, who in enumerate(people)]
    files = {FileKind.ORDERS: folder / "orders.csv", FileKind.CUSTOMERS: folder / "members.csv"}
    for path, head, rows in zip(
        files.values(),
        (header, ["customer_id", "Circle", "Source", "Level", "Wish", "Round", "Corner"]),
        (orders, members),
        strict=True,
    ):
        with path.open("w", newline="", encoding="utf-8") as file:
            csv.writer(file).writerows([head, *rows])
    return files


def told(text: str) -> list[str]:
    """Return the planted values in a text, however it writes signs of its own."""
    plain_text = (
        text.replace("&amp;", "&").replace("&#39;", "'").replace("&quot;", '"').replace("\\u", "").replace("\u00a0", " ")
    )
    return [value for value in VALUES if value in plain_text or value.encode("ascii", "backslashreplace").decode() in text]


@pytest.mark.parametrize("seed", range(2))
def test_nothing_that_was_read_shows_a_planted_value(seed, tmp_path):
    data = load_customers({kind: (path,) for kind, path in business(tmp_path, seed).items()})
    shown = [data.customers.to_csv(index=False), data.columns.to_csv(), data.category_money.to_csv(), *map(str, data.variables)]
    shown += [str(reading.first_rows) + reading.sentence for reading in data.readings]
    shown += [notice.text for notice in noticed(data)] + [str(plain(question)) for question in data.questions]
    assert told("\n".join(shown)) == []
    assert "hidden, because a category is shown to everybody" in "\n".join(map(str, data.notes)), "and that is said"


@pytest.mark.slow
def test_no_output_of_a_run_shows_a_planted_value(tmp_path, monkeypatch):
    speak_of_few_samples(monkeypatch)
    monkeypatch.setattr(runner, "executed_notebooks", executed_here)
    executed = []
    render = runner.render_report

    def rendered(notebooks, **rest):
        executed.extend(notebooks)
        return render(notebooks, **rest)

    monkeypatch.setattr(runner, "render_report", rendered)
    said: list[str] = []
    (tmp_path / "w").mkdir()
    report = runner.run_workbook(tmp_path / "w", business(tmp_path, 11), progress=said.append)
    written = {path.name: path.read_text(encoding="utf-8") for path in report.parent.rglob("*.*") if path.is_file()}
    assert {"report.html", "summary.json", "segments.csv"} <= set(written)
    written |= {f"notebook {number}": nbformat.writes(notebook) for number, notebook in enumerate(executed)}
    assert len(executed) == 6
    assert {name: found for name, text in written.items() if (found := told(text))} == {}
    assert told("\n".join(said)) == []
