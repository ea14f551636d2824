"""Views on what is written about each segment: one segment is open at a time."""

from collections.abc import Callable, Sequence
from functools import wraps
from typing import TypeVar

import ipywidgets as w

from segkit.widgets import controls as c
from segkit.widgets.field import Bound
from segkit.widgets.view import View
from segkit.words.errors import SegkitError
from segkit.words.terms import Step
from segkit.workbook.session import Session

E = TypeVar("E")

Form = Callable[["EntryView", str], Sequence[w.Widget]]


class EntryView(View):
    """A view on the entries of one decision, filed by segment."""

    def entry(self, field: str, segment_id: str, kind: Callable[..., E]) -> E:
        """Return what is written about a segment, or an empty entry."""
        held: dict[str, E] = self.session.entries(self.step, field)
        return held.get(segment_id) or kind(segmentation=self.session.results.criteria.filed_under, segment_id=segment_id)

    def of(self, entries: str, segment_id: str, kind: Callable[..., E], field: str) -> Bound:
        """Return one answer of what is written about a segment, for a field to show and save."""
        key = f"{self.session.results.criteria.filed_under} · {segment_id}"
        return Bound(
            lambda: getattr(self.entry(entries, segment_id, kind), field),
            lambda value: self.tried(lambda: self.session.write_entry(self.step, entries, segment_id, **{field: value})),
            lambda: self.session.answer_to(self.step, entries, key, field),
            self.refused,
            self.session.writing,
        )


def per_segment(
    session: Session,
    step: Step,
    form: Form,
    in_words: Callable[[], Sequence[tuple[str, str]]],
    which: Callable[[], Sequence[str]] | None = None,
    none_yet: str = "",
) -> EntryView:
    """Return a view with a list of segments and the form of the chosen one.

    Parameters
    ----------
    session : Session
        Whose segments.
    step : Step
        The decision that holds the entries.
    form : callable
        Makes the controls for one segment.
    in_words : callable
        The entries as (label, value) for people.
    which : callable, optional
        Ids of the segments to offer; all by default.
    none_yet : str, optional
        What to say where there are none.
    """

    @wraps(in_words)
    def safe_words() -> Sequence[tuple[str, str]]:
        try:
            return in_words()
        except SegkitError:
            return []

    view = EntryView(session, step, safe_words)
    pick = c.choice("Segment", [], None, lambda _: open_form())
    body = w.VBox()
    shown: list[object] = [None]

    def open_form() -> None:
        body.children = tuple(form(view, pick.value)) if pick.value is not None else ()

    def fill() -> None:
        names = session.results.criteria.segmentation.segments["segment_name"]
        ids = [str(i) for i in names.index] if which is None else list(which())
        offered = (session.results.criteria.filed_under, tuple(ids), tuple(names))
        if offered == shown[0]:
            view.follow()
            return
        same_segments = shown[0] is not None and offered[:2] == shown[0][:2]  # type: ignore[index]
        shown[0] = offered
        before = pick.value
        pick.options = [(str(names[i]), i) for i in ids]
        pick.value = before if before in ids else (ids[0] if ids else None)
        if same_segments:
            view.follow()
        else:
            open_form()
        if not ids:
            view.say("tip", none_yet)

    def follow(_: object = None) -> None:
        try:
            fill()
        except SegkitError as error:
            pick.options, body.children = [], ()
            shown[0] = None
            view.say("warning", str(error))

    session.watch(f"ask {form.__module__}.{form.__qualname__}", follow)
    follow()
    view.body.children = (pick, body)
    return view
