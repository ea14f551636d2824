"""A whole run over hostile text, in every column, name and box that takes text: it is shown, and nothing of it acts."""

import csv
import io
import itertools
import json
import random
from pathlib import Path

import pytest

from segkit.command import runner
from segkit.command.runner import write_report
from segkit.decisions.model import Model
from segkit.decisions.profiles import Persona
from segkit.decisions.targeting import Plan, SegmentRating
from segkit.words.errors import SegkitError
from segkit.words.terms import FileKind, Step
from segkit.workbook.notebooks import lay_out
from segkit.workbook.session import Session
from tests.command.notebooks_here import executed_here, speak_of_few_samples
from tests.hostile import STRINGS, acts_unseen
from tests.show.test_hostile_text import Page, live_cells

TEXTS = [text for text in STRINGS if "\ud800" not in text and text.strip()]

IN_FILES = [text for text in TEXTS if "\0" not in text]
"""A file with a null byte is no text, and is refused."""

POINTS = {"href", "src", "action", "formaction", "srcdoc", "data", "xlink:href", "style"}
"""Attributes by which a page asks for something, or does something."""


def business(folder: Path) -> dict[FileKind, Path]:
    """Write orders whose categories, channels and headers are hostile, in a file whose name is, too."""
    dice, number = random.Random(5), itertools.count(1)
    heads = [
        "customer_id",
        "order_id",
        "order_date",
        "amount",
        "category",
        "<img src=x onerror=alert(1)>",
        "=1+1",
        "$x$ \u202e",
    ]
    rows = []
    for who in range(400):
        mine = IN_FILES[who % len(IN_FILES)]
        for _ in range(dice.choice((1, 1, 2, 6))):
            day = f"2025-{dice.randrange(1, 13):02d}-{dice.randrange(1, 28):02d}"
            said = [
                mine if dice.random() < 0.7 else dice.choice(IN_FILES),
                dice.choice(IN_FILES[:12]),
                dice.choice(IN_FILES[-12:]),
                mine,
            ]
            rows.append([f"C{who:04d}", f"A{next(number):05d}", day, f"{dice.lognormvariate(3, 1):.2f}", *said])
    path = folder / "=1+1 <svg onload=alert(1)> $x$.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([heads, *rows])
    return {FileKind.ORDERS: path}


def typed_into(session: Session) -> int:
    """Type hostile text into every box that takes text, and return how many there were."""
    texts, held = itertools.cycle(TEXTS), 0

    def tried(write, fields) -> int:
        kept = 0
        for field in fields:
            for _ in range(6):  # some are too long for it, or no answer to it
                try:
                    write(field, next(texts))
                except (SegkitError, ValueError):
                    continue
                kept += 1
                break
        return kept

    for step in Step:
        decision = session.decision(step)
        for name, value in decision:
            if isinstance(value, str) and name != "schema_version":
                held += tried(lambda field, text, step=step: session.choose(step, **{field: text}), [name])
            elif isinstance(value, Model):
                plain = [field for field, inner in value if isinstance(inner, str)]
                held += tried(
                    lambda field, text, step=step, name=name: session.choose(
                        step, **{name: getattr(session.decision(step), name).revise(**{field: text})}
                    ),
                    plain,
                )
    entries = (
        (Step.PROFILES, "personas", Persona),
        (Step.TARGETING, "plans", Plan),
        (Step.TARGETING, "ratings", SegmentRating),
    )
    for segment in session.results.criteria.segmentation.segments.index:
        held += tried(lambda _, text, s=segment: session.write_entry(Step.PROFILES, "labels", s, name=text), ["name"])
        for step, where, model in entries:
            fields = [f for f, of in model.model_fields.items() if of.default == "" and f not in ("segmentation", "segment_id")]
            held += tried(
                lambda field, text, step=step, where=where, s=segment: session.write_entry(step, where, s, **{field: text}),
                fields,
            )
    return held


def acting(html: str) -> list[str]:
    """Return what in a page acts, or asks for anything: elements, handlers, addresses."""
    page = Page(html)
    found = sorted(page.tags & {"script", "iframe", "object", "embed", "base", "link", "form", "svg", "math"})
    found += [name for name, _ in page.attributes if name.startswith("on")]
    found += [
        f"{n}={v[:60]}" for n, v in page.attributes if n in POINTS and v and ("evil" in v or "javascript:" in v or "alert" in v)
    ]
    return found + sorted(acts_unseen(html))


@pytest.mark.slow
def test_nothing_of_what_was_typed_or_read_acts_anywhere(tmp_path, monkeypatch):
    speak_of_few_samples(monkeypatch)
    shown = []
    monkeypatch.setattr(runner, "executed_notebooks", lambda *given: shown.extend(executed_here(*given)) or shown)
    workspace = lay_out(tmp_path / "w")
    session = Session(workspace)
    session.use_files([{"kind": kind, "path": str(path)} for kind, path in business(tmp_path).items()])
    assert typed_into(session) > 40
    said: list[str] = []
    report = write_report(workspace, said.append)
    page = report.read_text(encoding="utf-8")
    assert acting(page.partition("<body")[2]) == [] and "<script" not in page.lower()
    assert "alert(1)" in page, "it stands there as text"
    outputs = [output.data.get("text/html", "") for book in shown for cell in book.cells for output in cell.get("outputs", [])]
    assert len(outputs) > 60 and [found for html in outputs if (found := acting(html))] == []
    assert not acts_unseen(json.dumps(json.loads((report.parent / "summary.json").read_text("utf-8")), ensure_ascii=False))
    lists = list(report.parent.rglob("*.csv"))
    assert lists
    for path in lists:
        content = path.read_text(encoding="utf-8-sig")
        assert not acts_unseen(content)
        for separator in ",;\t|":
            lines = content.split("\n") if separator != "," else [",".join(row) for row in csv.reader(io.StringIO(content))]
            assert [cell for line in lines for cell in live_cells(line, separator)] == [], path.name
    assert not any(acts_unseen(line) for line in said)
