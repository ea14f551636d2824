"""Six executed notebooks as one self-contained page for people who never open Jupyter."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import jinja2
from markupsafe import Markup
from nbformat import NotebookNode

from segkit.html.piece import unbroken
from segkit.html.style import STYLE
from segkit.report.cells import report_cells
from segkit.report.check import check_page
from segkit.report.section import section
from segkit.words.numbers import date
from segkit.words.terms import Step

POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
"""What the browser lets this page do: show pictures it carries and its own style, nothing else, no network at all."""

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
    language : str
        Of the page, as a BCP 47 tag.
    """

    business: str
    as_of: dt.date | None = None
    data: tuple[str, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()
    findings: tuple[str, ...] = ()
    language: str = "en-GB"


def render_report(notebooks: Sequence[NotebookNode], *, title: str, summary: ReportSummary) -> str:
    """Return one self-contained HTML page of the cells tagged ``report``.

    The page holds no code, no widget, no script, no address outside itself, and says so to the browser in a
    Content-Security-Policy. The same notebooks give the same page, byte for byte.

    Parameters
    ----------
    notebooks : Sequence of nbformat.NotebookNode
        The executed notebooks, in the order of the six steps.
    title : str
        Title of the page.
    summary : ReportSummary
        What stands at its head.

    Raises
    ------
    WorkbookError
        If the page would hold a script, something from outside, an e-mail address or a telephone number.
    """
    if len(notebooks) > len(Step):
        raise ValueError(f"{len(notebooks)} notebooks for {len(Step)} steps")
    found = [
        section(report_cells(notebook), f"{number}. {step.label}", step.value)
        for number, (step, notebook) in enumerate(zip(Step, notebooks, strict=False), 1)
    ]
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(_HERE),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["unbroken"] = unbroken
    environment.filters["made_here"] = Markup  # only for what nbconvert and the style sheets hand over as HTML
    page = environment.get_template("page.html.j2").render(
        title=title,
        summary=summary,
        as_of=date(summary.as_of),
        sections=[s for s in found if s is not None],
        policy=POLICY,
        style=STYLE + " " + " ".join((_HERE / "page.css").read_text(encoding="utf-8").split()),
    )
    check_page(page)
    return page
