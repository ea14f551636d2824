"""Sentences, notes, the banner of a notebook and the list of choices."""

from collections.abc import Collection, Sequence
from html import escape
from typing import Literal, NamedTuple

import pandas as pd

from segkit.html.piece import Html, stacked, words
from segkit.html.tables import table
from segkit.words.terms import Step

Kind = Literal["answer", "warning", "error", "tip", "note"]

KINDS: dict[Kind, str] = {
    "answer": "Answer",
    "warning": "Please note",
    "error": "Please check",
    "tip": "Tip",
    "note": "Note",
}
"""What stands in front of a note: its colour is never the only sign."""


def sentence(text: str) -> Html:
    """Return a plain paragraph."""
    return Html(f"<p>{words(text)}</p>", text.strip())


def note(kind: Kind, text: str, *inside: Html) -> Html:
    """Return a note of one of five kinds.

    Parameters
    ----------
    kind : {"answer", "warning", "error", "tip", "note"}
        Sets the first word and the look. Errors and warnings are announced to screen readers. A tip is for the person at work
        in the notebook: the report leaves it out.
    text : str
        What it says.
    *inside : Html
        What stands below that in the same frame, such as links or a table.
    """
    more = stacked(inside)
    role = ' role="alert"' if kind == "error" else ' role="note"'
    return Html(
        f'<div class="seg-note seg-{kind}"{role}><p><span class="seg-kind">{KINDS[kind]}:</span> {words(text)}</p>'
        f"{more.body}</div>",
        f"{KINDS[kind]}: {text.strip()}" + (f"\n{more.text}" if more.text else ""),
    )


def banner(step: Step, minutes: int, paths: Sequence[str] = (), answered: Collection[Step] = (), next_up: str = "") -> Html:
    """Return the head of a notebook: where one is in the six steps, how long it takes, and the way to the other notebooks.

    Parameters
    ----------
    step : Step
        This notebook's step.
    minutes : int
        About how long it takes.
    paths : Sequence of str
        Relative path of the notebook of each step.
    answered : Collection of Step
        Steps in which a person has answered something.
    next_up : str
        What to do next, in a sentence.
    """
    steps = list(Step)
    place = steps.index(step)

    def pill(i: int, s: Step) -> str:
        here = ' aria-current="step"' if s is step else ""
        done = ' <span title="you have answered here">✓</span>' if s in answered else ""
        inside = f"{i + 1}&nbsp;{escape(s.label)}{done}"
        leads = paths and s is not step
        return f"<li{here}>" + (f'<a href="{escape(paths[i])}">{inside}</a>' if leads else inside) + "</li>"

    trail = "".join(pill(i, s) for i, s in enumerate(steps))
    links = []
    if paths and place:
        links.append(f'<a href="{escape(paths[place - 1])}">← {escape(steps[place - 1].label)}</a>')
    if paths and place + 1 < len(steps):
        links.append(f'<a href="{escape(paths[place + 1])}">{escape(steps[place + 1].label)} →</a>')
    where = f"Step {place + 1} of {len(steps)} · about {minutes} minutes"
    if answered:
        where += f" · {len(answered)} of {len(steps)} steps begun"
    return Html(
        f'<div class="seg-banner"><ol aria-label="The six steps">{trail}</ol><p class="seg-where">{where}</p>'
        + (f"<p>{words(next_up)}</p>" if next_up else "")
        + (f'<p class="seg-links">{"".join(links)}</p>' if links else "")
        + "</div>",
        f"{step.label}. {where}.{' ' + next_up if next_up else ''}",
    )


class Choice(NamedTuple):
    """One line of "your choices so far"."""

    label: str
    value: str
    whose: str


def choices(rows: Sequence[Choice | tuple[str, str, str]], caption: str = "Your choices so far") -> Html:
    """Return the choices made so far, each marked as the person's own, the example's, or the workbook's suggestion.

    Parameters
    ----------
    rows : Sequence of Choice
        Label, value in words, and whose it is: "example", "suggested", or "yours" with its date.
    caption : str, optional
        Title of the table.
    """
    if not rows:
        return note("tip", "No choices yet: the workbook works with suggestions until you choose.")
    frame = pd.DataFrame(
        [(label, value or "not given", whose) for label, value, whose in rows],
        columns=["label", "value", "by"],
        dtype=object,
    )
    return table(
        frame, {"label": ("Choice", None), "value": ("Value", None), "by": ("Whose choice", None)}, caption, rows=len(frame)
    )
