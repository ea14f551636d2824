"""The desktop exercise: bands are chosen, pots fill, and pots are put together or taken apart by mouse or keyboard."""

from collections.abc import Callable, Sequence
from typing import Any

import ipywidgets as w

from segkit.decisions.criteria import Band
from segkit.html.criteria.pots import beside, pot_bars
from segkit.html.notes import Kind, note, sentence
from segkit.widgets import controls as c
from segkit.widgets import fields as f
from segkit.widgets.field import Bound
from segkit.widgets.view import View, heading
from segkit.words.errors import SegkitError, TooFewCustomersError
from segkit.words.numbers import listed
from segkit.words.terms import Banding
from segkit.words.typed import as_typed
from segkit.workbook.by_hand import Pot, PotTable
from segkit.workbook.session import Session

MOST_BANDS = 3


MOST_NAMED = 7


NAMED_TO = 46


READY = 8
"""Buttons made before they are needed: making one while a person waits takes longer than filling it."""


SOUND = "Checked: every customer, new ones too, falls into exactly one of them."


def pots_or_none(session: Session) -> tuple[Pot, ...]:
    """Return the pots as they stand, or none where there cannot be any."""
    try:
        return session.hand.table().pots
    except SegkitError:
        return ()


class Pots:
    """The pots as bars, in one piece so that a change shows whole and at once, and as buttons to put them together.

    Buttons are kept and reused, so that a change sends only what differs.
    """

    def __init__(self, session: Session, view: View) -> None:
        self.session, self.view = session, view
        self.shown: tuple[Pot, ...] = ()
        self.busy = False
        self.buttons: list[w.ToggleButton] = []
        self.bars = w.HTML()
        self.title = heading("Your pots")
        self.look = w.Layout(width="100%", height="32px")
        self.texts = [(self._text(place, "action"), self._text(place, "name")) for place in range(MOST_NAMED)]
        self.too_many = sentence_box("First put pots together until there are seven or fewer.")
        self.grid = w.GridBox(
            [], layout={"grid_template_columns": "repeat(auto-fill, minmax(230px, 1fr))", "grid_gap": "4px 8px"}
        )
        self.notes = w.HTML()
        self.suggest = c.button("Take the suggestion", lambda: self.act(self.session.hand.take_suggestion))
        buttons = w.HBox(
            [
                c.button("Put together", lambda: self.act(lambda: self.session.hand.put_together(*self.picked()))),
                c.button("Take apart", lambda: self.act(lambda: self.session.hand.take_apart(*self.picked()))),
                c.button("Start again", lambda: self.act(self.session.hand.start_again)),
                self.suggest,
            ],
            layout={"margin": "4px 0", "flex_flow": "row wrap"},
        )
        self.actions, self.names = w.VBox([]), w.VBox([])
        further = w.Accordion(children=[self.names], titles=["Names of your own, if you like"], selected_index=None)
        self.controls = (
            self.title,
            self.bars,
            heading("Would you treat some of them the same? Click two or more, then put them together"),
            self.grid,
            buttons,
            self.notes,
            heading("What do we do for them? One line for each segment"),
            self.actions,
            further,
        )

    def picked(self) -> list[str]:
        """Return one pot of each row that is chosen."""
        return [pot.id for pot, button in zip(self.shown, self.buttons, strict=False) if button.value]

    def act(self, what: Callable[[], object]) -> None:
        """Do something to the pots, show at once how they stand, and say how it went."""
        self.busy = True
        try:
            done = self.view.do(what)
        finally:
            self.busy = False
        if done:
            self.refresh()

    def refresh(self) -> None:
        """Show the pots as they are saved."""
        if self.busy:
            return
        try:
            self.draw(self.session.hand.table())
        except SegkitError as error:
            self.grid.children, self.bars.value = (), ""
            kind: Kind = "answer" if isinstance(error, TooFewCustomersError) else "error"
            self.notes.value = note(kind, str(error)).styled

    def draw(self, table: PotTable) -> None:
        """Show some pots."""
        self.shown = table.pots
        widest = max(max(pot.share, pot.money_share or 0.0) for pot in table.pots)
        currency = self.session.results.data.customer_data.currency
        paid = any(pot.money_share is not None for pot in table.pots)
        self.title.value = heading("Your pots: blue = customers, striped = money" if paid else "Your pots").value
        bars = [pot_bars(p.size, p.share, p.money, p.money_share, widest, currency, p.action) for p in table.pots]
        self.bars.value = beside([pot.name for pot in table.pots], bars).body
        while len(self.buttons) < max(len(table.pots), READY):
            self.buttons.append(_toggle(self.look))
        for pot, button in zip(table.pots, self.buttons, strict=False):
            with button.hold_sync():  # one message instead of three
                button.value = False
                button.description, button.tooltip = c.untypeset(pot.name), f"{pot.rule} (in Python: {pot.id})"
        _fill(self.grid, self.buttons[: len(table.pots)])
        self.suggest.layout.display = None if table.suggestion else "none"
        said = [note("note", text) for text in table.notes]
        if table.suggestion:
            name = {pot: row.name for row in table.pots for pot in row.pots}
            groups = [listed(list(dict.fromkeys(f"“{name[pot]}”" for pot in pots if pot in name))) for pots in table.suggestion]
            said.append(note("tip", f"Suggested groupings: {'; '.join(groups)}."))
        said.append(sentence(f"{len(table.pots)} pots. {SOUND if table.lint.sound else table.lint.sentence}"))
        self.notes.value = "".join(piece.styled if not place else piece.body for place, piece in enumerate(said))
        self._draw_texts(table)

    def _draw_texts(self, table: PotTable) -> None:
        named = table.pots if len(table.pots) <= MOST_NAMED else ()
        self.busy, before = True, self.busy
        for pot, (action, name) in zip(named, self.texts, strict=False):
            label = pot.name if len(pot.name) <= NAMED_TO else f"{pot.name[: NAMED_TO - 1]}…"
            with action.hold_sync(), name.hold_sync():
                action.description = name.description = label
                action.value, name.value = pot.action, ""
                name.placeholder = pot.name
        self.busy = before
        _fill(self.actions, [action for action, _ in self.texts[: len(named)]] or [self.too_many])
        _fill(self.names, [name for _, name in self.texts[: len(named)]])

    def _text(self, place: int, field: str) -> Any:
        def save(value: str) -> None:
            if not self.busy and (value or field == "action"):
                self.act(lambda: self.session.hand.say(self.shown[place].id, **{field: value}))

        hint = "for instance: ask what they miss" if field == "action" else ""
        text = c.text("Segment", "", save, hint=hint)
        text.style.description_width = "310px"
        return text


def _fill(box: w.Box, children: Sequence[w.Widget]) -> None:
    """Put widgets into a box, if they are not those that stand there."""
    if tuple(children) != box.children:
        box.children = children


def sentence_box(text: str) -> w.HTML:
    """Return a sentence between controls."""
    return w.HTML(sentence(text).body)


def _toggle(look: w.Layout) -> w.ToggleButton:
    button = w.ToggleButton(description="Pot", layout=look)

    def mark(change: dict[str, Any]) -> None:
        button.icon = "check" if change["new"] else ""
        button.button_style = "info" if change["new"] else ""

    button.observe(mark, names="value")
    return button


class Bands:
    """The controls of the attributes; they follow what is chosen elsewhere, such as a change that is taken back.

    Parameters
    ----------
    session : Session
        Whose attributes.
    view : View
        Beside whose controls it is said what does not fit.
    tried : callable
        Called with all attributes after each change.
    """

    def __init__(self, session: Session, view: View, tried: Callable[[list[dict[str, Any]]], None]) -> None:
        self._session, self._view, self._tried = session, view, tried
        self._kept = session.hand.bands()
        self._rows: list[dict[str, Any]] = [{} for _ in range(MOST_BANDS)]
        self._busy = False
        self._lines = [self._line(place) for place in range(MOST_BANDS)]
        self._show()

    @property
    def controls(self) -> list[w.Widget]:
        """What is shown, from the first attribute to the last."""
        return [
            control
            for place, line in enumerate(self._lines)
            for control in (heading(f"Attribute {place + 1}" + ("" if place == 0 else " (if you need it)")), *line)
        ]

    def follow(self) -> None:
        """Show the attributes that are kept now, if these are others than before."""
        try:
            kept = self._session.hand.bands()
        except SegkitError:  # said where the pots are shown
            return
        if kept != self._kept and not self._busy:
            self._kept = kept
            self._show()

    def _show(self) -> None:
        """Show what is kept: nothing that is chosen by this is a choice."""
        self._rows = [dict(band) for band in self._kept]
        self._rows += [{} for _ in range(MOST_BANDS - len(self._rows))]
        results = self._session.results.data
        options = [(c.NOTHING_CHOSEN, ""), *results.variable_options]
        known = {value for _, value in options}
        self._busy = True
        for row, (variable, banding, bands, thresholds) in zip(self._rows, self._lines, strict=True):
            if variable.options != tuple(options):
                variable.options = options
            variable.value = name if (name := row.get("variable", "")) in known else ""
            banding.value, bands.value = row.get("banding", Banding.EQUAL_COUNT), row.get("bands", 2)
            thresholds.refresh()
        self._busy = False
        for place in range(MOST_BANDS):
            self._show_what_fits(place)

    def _write(self, place: int, field: str, value: Any) -> None:
        if self._busy:
            return
        now = self._rows[place]
        now[field] = value
        self._show_what_fits(place)
        if now.get("banding") is Banding.OWN and not now.get("thresholds"):
            self._view.say("tip", "Now type where to cut, for instance: 100; 500")
            return
        self._busy = True
        try:
            self._tried(self._rows)
            self._kept = self._session.hand.bands()
        finally:
            self._busy = False

    def _cut(self, place: int, found: tuple[float, ...]) -> str:
        band = Band(variable=self._rows[place].get("variable", ""))
        if fault := self._view.tried(lambda: band.revise(banding=Banding.OWN, thresholds=found)):
            return fault
        self._write(place, "thresholds", found)
        return ""

    def _show_what_fits(self, place: int) -> None:
        now, (_, banding, bands, thresholds) = self._rows[place], self._lines[place]
        numbers = {v.name for v in self._session.results.data.customer_data.variables if v.numeric}
        own, chosen = now.get("banding") is Banding.OWN, now.get("variable", "") in numbers
        banding.layout.display = None if chosen else "none"
        bands.layout.display = "none" if own or not chosen else None
        thresholds.layout.display = None if own and chosen else "none"

    def _line(self, place: int) -> tuple[w.DOMWidget, ...]:
        def write(field: str) -> Callable[[Any], None]:
            return lambda value: self._write(place, field, value)

        held = Bound(
            lambda: self._rows[place].get("thresholds", ()),
            lambda found: self._cut(place, found),
            refused=self._view.refused,
            writing=self._session.writing,
        )
        return (
            c.choice("Split by", [(c.NOTHING_CHOSEN, "")], "", write("variable")),
            c.term("Cut into bands of", Banding, Banding.EQUAL_COUNT, write("banding")),
            c.slider("Number of bands", 2, write("bands"), low=2, high=4),
            f.numbers("My own thresholds", held, hint="for instance: 100; 500", expects="numbers that rise"),
        )


def band_in_words(session: Session, band: Band) -> str:
    """Say an attribute and where it is cut."""
    label = dict((value, label) for label, value in session.results.data.variable_options).get(band.variable, band.variable)
    cuts = "; ".join(map(as_typed, band.thresholds))
    return f"{label}, cut at {cuts}" if cuts else f"{label}, {band.bands} bands, {band.banding.label.lower()}"
