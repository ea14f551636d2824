"""The questions of notebook 3."""

import ipywidgets as w

from segkit.session import Session
from segkit.terms import MAX_SEGMENTS, Method, Step
from segkit.widgets import controls as c
from segkit.widgets.by_hand import by_hand as by_hand
from segkit.widgets.rfm import rfm as rfm
from segkit.widgets.view import View, heading


def variables(session: Session) -> View:
    """Ask which variables form the segments that are found in the data."""
    labels = dict((value, label) for label, value in session.variable_options())
    names = session.found_variables

    def in_words() -> list[tuple[str, str]]:
        return [
            ("Variables that form the segments", ", ".join(labels.get(v, v) for v in names())),
            ("Long tails evened out (logarithm)", "yes" if session.criteria.log_skewed else "no"),
        ]

    view = View(session, Step.CRITERIA, in_words)
    pick = w.SelectMultiple(
        options=session.variable_options(),
        value=[v for v in names() if v in labels],
        description="Variables",
        rows=min(12, max(4, len(labels))),
        style=c.LABEL,
        layout={"width": "100%", "max_width": "760px"},
    )
    pick.observe(lambda change: view.save(variables=change["new"]), names="value")
    return view.put(
        heading("Hold Ctrl (Mac: Cmd) to choose several. Two to five work best; all others only describe the segments."),
        pick,
        c.ticks(
            [("Even out long tails, so that a few very large customers do not rule", "log")],
            ("log",) if session.criteria.log_skewed else (),
            lambda t: view.save(log_skewed=bool(t)),
        ),
    )


def method(session: Session) -> View:
    """Ask which of the three ways to use, and how many segments."""

    def in_words() -> list[tuple[str, str]]:
        d = session.criteria
        rows = [("Segments formed", d.method.label), ("Why", d.why)]
        if d.method is Method.K_MEANS:
            rows.insert(1, ("Number of segments", str(d.n_segments) if d.n_segments else "as the evidence says"))
        return rows

    view = View(session, Step.CRITERIA, in_words)
    now = session.criteria
    numbers: list[tuple[str, int | None]] = [("as the evidence says", None)]
    numbers += [(str(k), k) for k in range(2, MAX_SEGMENTS + 1)]
    how_many = c.choice("Number of segments", numbers, now.n_segments, view.saver("n_segments"))

    def choose(value: Method) -> None:
        how_many.layout.display = None if value is Method.K_MEANS else "none"
        view.save(method=value)

    how_many.layout.display = None if now.method is Method.K_MEANS else "none"
    return view.put(
        c.radio("Form the segments", [(m.label, m) for m in Method], now.method, choose),
        how_many,
        c.text("Why this way?", now.why, view.saver("why"), lines=2, hint="What spoke for it, and what against the others?"),
    )
