"""One notebook as one section of the report: its HTML tidied, its headings put in order."""

import re
from dataclasses import dataclass
from functools import cache
from html import escape
from html.parser import HTMLParser

from nbconvert import HTMLExporter
from nbformat import NotebookNode

VOID = frozenset({"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"})

_HEADING = re.compile(r"h[1-6]")


@dataclass(frozen=True)
class Heading:
    """One entry of the table of contents."""

    level: int
    anchor: str
    text: str


@dataclass(frozen=True)
class Section:
    """One step of the report."""

    anchor: str
    title: str
    body: str
    headings: tuple[Heading, ...]


@cache
def _exporter() -> HTMLExporter:
    # Building one compiles its templates, which takes longer than to convert a notebook.
    return HTMLExporter(  # type: ignore[no-untyped-call]
        template_name="basic",
        exclude_input=True,
        exclude_input_prompt=True,
        exclude_output_prompt=True,
        exclude_anchor_links=True,
    )


def convert(notebook: NotebookNode) -> str:
    """Return the outputs and markdown of a notebook as HTML, through nbconvert's ``basic`` template.

    That template names no outside address and keeps alt texts, unlike nbconvert's default one.
    """
    body, _ = _exporter().from_notebook_node(notebook)
    return str(body)


def section(notebook: NotebookNode, title: str, anchor: str) -> Section | None:
    """Return a notebook (already reduced to what colleagues read) as a section, or None where it holds nothing.

    Parameters
    ----------
    notebook : nbformat.NotebookNode
        As `segkit.report.cells.report_cells` returns it.
    title : str
        Title of the section.
    anchor : str
        Its anchor; also the prefix of the anchors inside it, so that none stands twice on the page.
    """
    if not notebook.cells:
        return None
    tidy = _Tidy(anchor)
    tidy.feed(convert(notebook))
    tidy.close()
    body, headings = tidy.ordered()
    return Section(anchor, title, body, headings)


class _Tidy(HTMLParser):
    """Copies HTML, without style sheets of single outputs, tips, cell anchors and links that lead out of the page.

    It does not make anything safe: that is the business of `segkit.report.check`, which refuses, and never repairs.
    """

    def __init__(self, anchor: str) -> None:
        super().__init__(convert_charrefs=False)
        self.anchor = anchor
        self.parts: list[str] = []
        self.found: list[tuple[int, int, str]] = []  # place in parts, level, text
        self.in_style = 0
        self.in_tip = 0  # open div elements from a tip's on
        self.links: list[bool] = []
        self.heading: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "style":
            self.in_style += 1  # the page has one style sheet, in its head
            return
        if tag == "div" and (self.in_tip or "seg-tip" in (dict(attrs).get("class") or "").split()):
            self.in_tip += 1
        if self.in_tip:
            return
        if tag == "a":
            stays = any(name == "href" and (value or "").startswith("#") for name, value in attrs)
            self.links.append(stays)
            if not stays:
                return
        if _HEADING.fullmatch(tag):
            self.found.append((len(self.parts), int(tag[1]), ""))
            self.heading = []
            self.parts.append("")
            return
        kept = [(name, value) for name, value in attrs if name != "id"]
        text = "".join(f" {name}" if value is None else f' {name}="{escape(value)}"' for name, value in kept)
        self.parts.append(f"<{tag}{text}>")

    def handle_endtag(self, tag: str) -> None:
        if tag == "style":
            self.in_style = max(0, self.in_style - 1)
        elif self.in_tip:
            self.in_tip -= tag == "div"
        elif tag == "a":
            if self.links and self.links.pop():
                self.parts.append("</a>")
        elif _HEADING.fullmatch(tag) and self.found:
            place, level, _ = self.found[-1]
            self.found[-1] = (place, level, "".join(self.heading or []).strip())
            self.heading = None
            self.parts.append(f"</h{level}>")
        elif tag not in VOID:
            self.parts.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        if self.in_style or self.in_tip:
            return
        if self.heading is not None:
            self.heading.append(data)
        # The parser hands over text as it stands in the source; a lone angle bracket must not become a tag now.
        self.parts.append(data.replace("<", "&lt;").replace(">", "&gt;"))

    def handle_entityref(self, name: str) -> None:
        self._reference(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self._reference(f"&#{name};")

    def _reference(self, text: str) -> None:
        if self.in_tip:
            return
        if self.heading is not None:
            self.heading.append(text)
        self.parts.append(text)

    def ordered(self) -> tuple[str, tuple[Heading, ...]]:
        """Return the HTML with headings that start at level 3 and skip no level, each with an anchor of its own."""
        depth: list[int] = []
        headings = []
        parts = list(self.parts)
        for number, (place, level, text) in enumerate(self.found, 1):
            while depth and depth[-1] >= level:
                depth.pop()
            depth.append(level)
            new = min(2 + len(depth), 6)
            anchor = f"{self.anchor}-{number}"
            parts[place] = f'<h{new} id="{anchor}">'
            end = next((i for i in range(place, len(parts)) if parts[i] == f"</h{level}>"), None)
            if end is not None:  # a heading that someone forgot to close stays open
                parts[end] = f"</h{new}>"
            headings.append(Heading(new, anchor, text))
        return "".join(parts), tuple(headings)
