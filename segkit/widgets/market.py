"""The offer to correct whom the business sells to, where the files say otherwise."""

import ipywidgets as w

from segkit.core.data.market import Market
from segkit.decisions.goals import Goals
from segkit.decisions.model import Decision
from segkit.html.notes import note
from segkit.show.market import SHORT, contradiction, in_words
from segkit.show.redraw import REDRAWING
from segkit.widgets import controls as c
from segkit.widgets.view import View
from segkit.words.terms import CustomerKind, Step


class Offer(w.VBox):  # type: ignore[misc]
    """What the files say of whom the business sells to, with a button to take it over; nothing where the answer agrees.

    Parameters
    ----------
    view : View
        Beside whose controls it is said that it was saved.
    name : str
        Tells it from others.
    """

    def __init__(self, view: View, name: str) -> None:
        super().__init__()
        self._view, self._session, self._name = view, view.session, name
        self._market: Market | None = None
        self._follow(Step.DATA)
        self._session.watch(name, self._follow)

    def _follow(self, step: Step) -> None:
        if step in (Step.GOALS, Step.DATA):  # beside the person's work: it may mean to read a large file
            REDRAWING.ask(self._name, self, lambda: contradiction(self._session), pale=False)

    @property
    def value(self) -> Market | None:
        """What contradicts the answer."""
        return self._market

    @value.setter
    def value(self, market: Market | None) -> None:
        self._market = market
        self.children = self._offer(market, market.kind) if market and market.kind else ()

    def _offer(self, market: Market, kind: CustomerKind) -> tuple[w.Widget, ...]:
        now = self._session.goals.business.kind
        take = c.button(f"Yes, we sell to {SHORT[kind]}", lambda: self._save(kind=kind))
        take.button_style = "primary"
        leave = c.button(f"No, we sell to {SHORT[now]}", lambda: self._save(kind=now, kind_stands=True))
        return w.HTML(note("tip", in_words(self._session, market)).styled), w.HBox([take, leave])

    def _save(self, **edits: object) -> None:
        def change(decision: Decision) -> Decision:
            assert isinstance(decision, Goals)
            return decision.revise(business=decision.business.revise(**edits))

        if self._view.do(lambda: self._session.change(Step.GOALS, change)):
            self.value = contradiction(self._session)  # at once, before all that this choice has drawn anew
