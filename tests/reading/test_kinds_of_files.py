"""Damage is called so, and several files count as one, whatever kind of file the table comes in."""

import datetime as dt
import random

import pytest

from segkit.reading.load import load_customers
from segkit.words.terms import CleaningRule, FileKind
from tests.reading.kinds import KINDS, write

NAMES = ["order_id", "customer_id", "order_date", "quantity", "unit_price", "town"]
START = dt.date(2023, 1, 2)
OTHERS = KINDS[1:]


def orders(first=0, last=600):
    dice = random.Random(3)
    rows = [
        [f"A{i // 2:05d}", f"{10_000 + dice.randrange(150) * 601}", START + dt.timedelta(days=i), dice.choice((1, 1, 2, 3)),
         round(dice.randint(30, 999) / 10 + 0.05, 2), dice.choice(("Göttingen", "Überlingen", "Mâcon", "Mainz"))]
        for i in range(last)
    ]  # fmt: skip
    return rows[first:]


def changed(column, how, every=1):
    return [
        [how(cell) if c == column and i % every == 0 else cell for c, cell in enumerate(row)] for i, row in enumerate(orders())
    ]


def by_spreadsheet(day):
    return f"{day.year}-{day.day:02d}-{day.month:02d}" if day.day <= 12 else day.strftime("%d/%m/%Y")


DAMAGED = {
    "empty rows": (
        orders() + [[f"B{i:05d}", None, None, None, None, "Mainz"] for i in range(900)],
        "Most rows are empty. 900 of 1,500 rows hold no customer, date or amount.",
    ),
    "mixed decimals": (
        changed(4, lambda x: f"{x:.2f}".replace(".", ","), 5),
        "Decimal signs are mixed. 120 rows write decimals with a comma, 480 with a point; each was read by its own.",
    ),
    "lost days": (
        changed(2, lambda day: day.replace(day=1)),
        "The dates have lost their day. 100 % of the dates are the first of a month (20 months).",
    ),
    "exchanged days and months": (changed(2, by_spreadsheet), None),
    "broken letters": (changed(5, lambda town: town.encode().decode("cp1252")), None),
    "rounded numbers": (changed(1, lambda number: f"4.0{int(number) % 10}E+12"), None),
}


def damage(path):
    return [
        (f.severity, f.column, f"{f.what} {f.evidence}".replace("\u00a0", " "), f.remedy, f.file_name == path.name)
        for f in load_customers({FileKind.ORDERS: path}).damage
    ]


@pytest.mark.parametrize("kind", KINDS)
def test_a_sound_table_raises_no_alarm(tmp_path, kind):
    assert damage(write(tmp_path / f"export.{kind}", NAMES, orders())) == []


@pytest.mark.parametrize("name", DAMAGED)
def test_damage_is_called_so_in_every_kind_of_file(tmp_path, name):
    rows, text = DAMAGED[name]
    found = {kind: damage(write(tmp_path / f"export.{kind}", NAMES, rows)) for kind in KINDS}
    ((_, _, said, remedy, named),) = found["csv"]
    assert remedy and named and (text is None or said == text)
    assert {kind: found[kind] for kind in OTHERS} == dict.fromkeys(OTHERS, found["csv"])


def summary(data):
    return data.customers.to_dict(), data.ledger.rows_read, data.ledger.rows_set_aside, data.revenue, data.last_date


def stacked(*paths):
    return load_customers({FileKind.ORDERS: paths})


@pytest.mark.parametrize("kind", OTHERS)
def test_months_count_as_one_in_every_kind_of_file(tmp_path, kind):
    whole = load_customers({FileKind.ORDERS: write(tmp_path / "whole.csv", NAMES, orders())})
    parts = [orders(0, 220), orders(200, 410), orders(410, 600)]
    data = stacked(*(write(tmp_path / f"part_{i}.{kind}", NAMES, rows) for i, rows in enumerate(parts)))
    plain = stacked(*(write(tmp_path / f"part_{i}.csv", NAMES, rows) for i, rows in enumerate(parts)))
    assert summary(data) == summary(plain) and data.customers.equals(whole.customers)
    assert data.ledger.rows_set_aside == {CleaningRule.IN_TWO_FILES: 20}
    assert "The files overlap: 20 lines of orders stand in two files; only those in the later file count." in data.notes
    begins = (223, 434) if kind == "xlsx" else (221, 431)  # the row of the names counts where there is one
    assert [note.replace(".csv", f".{kind}") for note in plain.notes[2:]] == list(data.notes[2:])
    assert data.notes[:2] == tuple(f"The rows of part_{i}.{kind} are numbered from {n} on." for i, n in enumerate(begins, 1))
    assert [(r.file_name, r.rows) for r in data.readings] == [(f"part_{i}.{kind}", len(rows)) for i, rows in enumerate(parts)]


def test_months_may_come_in_different_kinds_of_files(tmp_path):
    cuts = (0, 150, 300, 450, 600)
    parts = [write(tmp_path / f"part.{kind}", NAMES, orders(a, b)) for kind, a, b in zip(KINDS, cuts, cuts[1:], strict=False)]
    data = stacked(*parts)
    whole = load_customers({FileKind.ORDERS: write(tmp_path / "whole.csv", NAMES, orders())})
    assert data.customers.equals(whole.customers) and data.damage == ()
    assert (data.ledger.rows_read, data.ledger.rows_set_aside) == (600, {})
    assert [reading.sentence.split(";")[0] for reading in data.readings] == [
        "Read as: text in UTF-8", "Read as: a Parquet file", "Read as: a spreadsheet", "Read as: a SQLite database",
    ]  # fmt: skip
