"""Six executed notebooks as one self-contained page for people who never open Jupyter."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import jinja2
from markupsafe import Markup
from nbformat import NotebookNode

from segkit.core.data.questions import Question
from segkit.html.piece import unbroken
from segkit.html.style import STYLE
from segkit.report.cells import report_cells
from segkit.report.check import check_page
from segkit.report.mask import mask_page, nowhere
from segkit.report.section import Section, section
from segkit.words.numbers import count, date
from segkit.words.terms import Step
from segkit.words.visible import visible

POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
"""What the browser lets this page do: show pictures it carries and its own style, nothing else, no network at all."""

_NAMED = 5
"""Places of hidden personal data that are named one by one."""

_HERE = Path(__file__).parent


@dataclass(frozen=True)
class ReportSummary:
    """What stands at the head of the report.

    Attributes
    ----------
    business : str
        Name of the business.
    as_of : datetime.date or None
        Analysis date; None where the data have no dates.
    data : tuple of str
        Sentences that say what data the report rests on (files, rows kept and set aside, period).
    facts : tuple of (str, str)
        A few key figures, label and value in words.
    findings : tuple of str
        The result in a few sentences, for who reads no further.
    warnings : tuple of str
        What everybody must know of the data, the weighty first.
    questions : tuple of Question
        What the files do not decide and nobody has confirmed, each with its readings.
    language : str
        Of the page, as a BCP 47 tag.
    """

    business: str
    as_of: dt.date | None = None
    data: tuple[str, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()
    findings: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    questions: tuple[Question, ...] = ()
    language: str = "en-GB"


def render_report(
    notebooks: Sequence[NotebookNode],
    *,
    title: str,
    summary: ReportSummary,
    progress: Callable[[str], None] = lambda _: None,
    own: Sequence[str] = (),
    whence: Callable[[str], str] = nowhere,
) -> str:
    """Return one self-contained HTML page of the cells tagged ``report``.

    The page holds no code, no widget, no script, no address outside itself, and says so to the browser in a
    Content-Security-Policy. The same notebooks give the same page, byte for byte. What tells of a person is hidden in
    its place, and the head of the page says so.

    Parameters
    ----------
    notebooks : Sequence of nbformat.NotebookNode
        The executed notebooks, in the order of the six steps.
    title : str
        Title of the page.
    summary : ReportSummary
        What stands at its head.
    progress : callable, optional
        Told what was hidden.
    own : sequence of str
        What the business says of itself, its name and address: not hidden.
    whence : callable, optional
        Told what is hidden, returns in words where it comes from.

    Raises
    ------
    WorkbookError
        If the page would hold a script, or something from outside.
    """
    if len(notebooks) > len(Step):
        raise ValueError(f"{len(notebooks)} notebooks for {len(Step)} steps")
    found = [
        section(report_cells(notebook), f"{number}. {step.label}", step.value)
        for number, (step, notebook) in enumerate(zip(Step, notebooks, strict=False), 1)
    ]
    sections = [s for s in found if s is not None]
    made = mask_page(_filled(title, summary, sections), own, whence)
    if made.hidden:
        said = made.hidden[:_NAMED]
        if len(made.hidden) > _NAMED:
            said += (f"The same in {count(len(made.hidden) - _NAMED, 'further place')}.",)
        for sentence in said:
            progress(sentence)
        made = mask_page(_filled(title, replace(summary, warnings=(*summary.warnings, *said)), sections), own, whence)
    check_page(made.page, own)
    return made.page


def _filled(title: str, summary: ReportSummary, sections: Sequence[Section]) -> str:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(_HERE),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["unbroken"] = unbroken
    environment.filters["made_here"] = Markup  # only for what nbconvert and the style sheets hand over as HTML
    return visible(
        environment.get_template("page.html.j2").render(
            title=title,
            summary=summary,
            as_of=date(summary.as_of),
            sections=sections,
            policy=POLICY,
            style=STYLE + " " + " ".join((_HERE / "page.css").read_text(encoding="utf-8").split()),
        )
    )
