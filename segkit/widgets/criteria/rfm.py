"""How RFM scores and names: bins, money, thresholds and a naming table of one's own."""

import re
from typing import Any

import ipywidgets as w

from segkit.decisions.criteria import NameRule
from segkit.html.criteria.lint import lint_findings
from segkit.html.notes import note, sentence
from segkit.widgets import controls as c
from segkit.widgets.view import View, heading
from segkit.words.errors import SegkitError, WorkbookError
from segkit.words.terms import FREQUENCY, RECENCY_DAYS, Method, RfmBins, Step
from segkit.words.typed import as_typed
from segkit.workbook.session import Session

MOST_CUTS = 4


ROWS = (("recency", "Recency (days)"), ("frequency", "Orders"), ("monetary", "Money"))


def rfm_in_words(session: Session) -> list[tuple[str, str]]:
    """Say how RFM scores and names."""
    now = session.criteria.rfm
    rows = [("Scores compare a customer", now.bins.label), ("Money is", now.money.label)]
    for field, label in ROWS:
        own = getattr(now, field)
        rows.append((f"Thresholds: {label}", "; ".join(map(as_typed, own)) if own else "from the data"))
    return [*rows, ("Names", ", ".join(dict.fromkeys(rule.name for rule in now.names)) or "the workbook's")]


class Cuts:
    """The thresholds as number fields: those in use, whether drawn from the data or typed."""

    def __init__(self, session: Session, save: Any) -> None:
        self.session, self.save, self.busy = session, save, False
        self.fields = {field: [self._field(field, place) for place in range(MOST_CUTS)] for field, _ in ROWS}
        self.said = w.HTML()
        parts = [part for field, label in ROWS for part in (w.HTML(f"<b>{label}</b>"), *self.fields[field])]
        self.grid = w.GridBox(
            parts, layout={"grid_template_columns": "120px repeat(4, minmax(110px, 150px))", "grid_gap": "2px 8px"}
        )
        self.refresh()

    def _field(self, field: str, place: int) -> w.Text:
        text = w.Text(
            description=f"cut {place + 1}",
            continuous_update=False,
            style={"description_width": "40px"},
            layout={"width": "100%"},
        )
        text.observe(lambda _: self._typed(field), names="value")
        return text

    def _typed(self, field: str) -> None:
        if not self.busy:
            with self.session.writing():
                cuts = [number for text in self.fields[field] if (number := c.typed_number(text.value)) is not None]
            self.save(**{field: cuts})

    def refresh(self) -> None:
        """Show the thresholds in use."""
        try:
            formed = self.session.results.criteria.formed(Method.RFM)
        except SegkitError as error:
            self.said.value = note("error", str(error)).styled
            return
        now = self.session.criteria.rfm
        variables = {
            "recency": RECENCY_DAYS,
            "frequency": FREQUENCY,
            "monetary": self.session.results.rfm.money.get(now.money, ""),
        }
        self.busy = True
        for field, texts in self.fields.items():
            cuts = formed.settings["thresholds"].get(variables[field], ())
            for place, text in enumerate(texts):
                text.value = as_typed(float(f"{cuts[place]:.10g}")) if place < len(cuts) else ""
                text.disabled = variables[field] not in formed.settings["thresholds"]
        self.busy = False
        nested = [field for field in ("frequency", "monetary") if now.bins is RfmBins.NESTED and not getattr(now, field)]
        self.said.value = (
            sentence(
                "Nested: orders are cut anew among customers of like recency, money among those of like orders; the numbers "
                "shown hold over all; those in use stand below, under “What each score stands for”. One that you type holds "
                "for everybody."
            ).styled
            if nested
            else ""
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
            heading("One line for each name: scores of recency, orders, money. An empty table takes the workbook's own"),
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
            raise WorkbookError(f"“{text}” is no line of a naming table.", "Write it as: Best: 4-5, 4-5, 4-5")
        scores = {field: (int(low), int(high or low)) for (field, _), (low, high) in zip(ROWS, ranges, strict=True)}
        rules.append({"name": match["name"], **scores})
    return rules


def _written(rule: NameRule) -> str:
    return f"{rule.name}: " + ", ".join(f"{low}-{high}" for low, high in (rule.recency, rule.frequency, rule.monetary))
