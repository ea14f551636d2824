"""How RFM scores and names: bins, money, thresholds and a naming table of one's own."""

import re
from functools import partial
from typing import Any

import ipywidgets as w

from segkit.decisions.criteria import NameRule
from segkit.html.criteria.lint import lint_findings
from segkit.html.notes import note, sentence
from segkit.widgets import controls as c
from segkit.widgets import fields as f
from segkit.widgets.view import View, heading
from segkit.words.errors import SegkitError, WorkbookError
from segkit.words.terms import FREQUENCY, RECENCY_DAYS, Method, RfmBins, Step
from segkit.words.typed import as_typed
from segkit.workbook.session import Session

ROWS = (("recency", "Recency (days)"), ("frequency", "Orders"), ("monetary", "Money"))


def rfm_in_words(session: Session) -> list[tuple[str, str]]:
    """Say how RFM scores and names."""
    now = session.criteria.rfm
    rows = [("Scores compare a customer", now.bins.label), ("Money means", now.money.label)]
    for field, label in ROWS:
        own = getattr(now, field)
        rows.append((f"Thresholds: {label}", "; ".join(map(as_typed, own)) if own else "from the data"))
    return [*rows, ("Names", ", ".join(dict.fromkeys(rule.name for rule in now.names)) or "the workbook's")]


def cuts(session: Session, view: View) -> w.VBox:
    """Return a field for the thresholds of each score: those in use, whether drawn from the data or typed."""
    said = w.HTML()

    def in_use(field: str) -> tuple[float, ...]:
        if own := getattr(session.criteria.rfm, field):
            return tuple(own)
        try:
            held = session.results.criteria.formed(Method.RFM).settings["thresholds"]
        except SegkitError:  # said below
            return ()
        money = session.results.rfm.money.get(session.criteria.rfm.money, "")
        return tuple(held.get({"recency": RECENCY_DAYS, "frequency": FREQUENCY, "monetary": money}[field], ()))

    def save(field: str, typed: tuple[float, ...]) -> None:
        session.choose(Step.CRITERIA, rfm=session.criteria.rfm.revise(**{field: typed}))

    def explain(_: object = None) -> None:
        now = session.criteria.rfm
        try:
            session.results.criteria.formed(Method.RFM)
        except SegkitError as error:
            said.value = note("error", str(error)).styled
            return
        nested = now.bins is RfmBins.NESTED and not (now.frequency and now.monetary)
        said.value = sentence(NESTED).styled if nested else ""

    rows = [
        f.numbers(
            label,
            view.bound(partial(in_use, field), partial(save, field), "rfm", field),
            expects="at most four numbers that rise; leave it empty for those from the data",
        )
        for field, label in ROWS
    ]
    explain()
    session.watch("ask rfm", lambda step: explain() if step in (Step.CRITERIA, Step.DATA) else None)
    return w.VBox([*rows, said])


NESTED = (
    "Orders are scored afresh among customers who bought about as recently, and money among those who also bought about as "
    "often (nested scores). The numbers here are for all customers together; those in use are shown above, under “What does "
    "each score stand for”. A number that you type applies to everybody."
)


_LINE = re.compile(r"^(?P<name>.+?)\s*[:;|]\s*(?P<ranges>[-0-9,;\s–]+)$")


def naming_controls(session: Session, view: View) -> w.Accordion:
    """Return the controls for a naming table of one's own."""
    found, kept = w.HTML(), [session.criteria.rfm.names]

    def show() -> None:
        found.value = lint_findings(session.results.rfm.checked).styled

    def write(typed: str) -> None:
        if typed == table():
            return

        def act() -> None:
            names = parsed(typed)
            revised = session.criteria.rfm.revise(names=names)
            kept[0] = revised.names  # so that what was typed stays as it was typed
            session.choose(Step.CRITERIA, rfm=revised)
            show()

        if not view.do(act):
            found.value = ""

    def table() -> str:
        return "\n".join(map(_written, session.criteria.rfm.names))

    def follow(_: object) -> None:
        if session.criteria.rfm.names != kept[0]:
            kept[0] = session.criteria.rfm.names
            text.value = table()

    session.watch("ask names of RFM", follow)
    text = c.text(
        "Your table",
        table(),
        write,
        lines=6,
        hint="Best: 4-5, 4-5, 4-5   (name: recency, orders, money; the first line that fits counts)",
    )
    box = w.VBox(
        [
            heading(
                "One line per name: scores for recency, orders, money. Leave the table empty to use the workbook's own names"
            ),
            text,
            found,
        ]
    )
    return w.Accordion(
        children=[box], titles=["A naming table of your own, checked for overlaps and gaps"], selected_index=None
    )


def parsed(typed: str) -> list[dict[str, Any]]:
    """Read a naming table as people write it: ``Champions: 4-5, 4-5, 4-5``.

    Raises
    ------
    WorkbookError
        If a line is none.
    """
    rules = []
    for text in filter(None, map(str.strip, typed.splitlines())):
        match = _LINE.match(text)
        ranges = re.findall(r"(\d)(?:\s*[-–]\s*(\d))?", match["ranges"]) if match else []
        if match is None or len(ranges) != len(ROWS):
            raise WorkbookError(f"“{text}” is not a line of a naming table.", "Write it as: Best: 4-5, 4-5, 4-5")
        scores = {field: (int(low), int(high or low)) for (field, _), (low, high) in zip(ROWS, ranges, strict=True)}
        rules.append({"name": match["name"], **scores})
    return rules


def _written(rule: NameRule) -> str:
    return f"{rule.name}: " + ", ".join(f"{low}-{high}" for low, high in (rule.recency, rule.frequency, rule.monetary))
