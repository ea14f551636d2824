"""The last look at a finished page: nothing that runs, nothing from outside, nobody's address.

It refuses and says why; it never repairs, for what stands there would then be a fault that nobody sees. Only what is known
to be harmless passes: tags, attributes and addresses are held against short lists, so what nobody thought of is refused.
Addresses of people were hidden before (`segkit.report.mask`); here one makes sure that none is left.
"""

import re
from collections.abc import Sequence
from html.parser import HTMLParser

from segkit.core.data.privacy import found_in
from segkit.words.errors import WorkbookError

_TAGS = frozenset(
    "html head meta title style body header main footer nav section article aside div span p br hr wbr h1 h2 h3 h4 h5 h6 "
    "ul ol li dl dt dd table caption colgroup col thead tbody tfoot tr th td figure figcaption img a strong em b i u s del ins "
    "sub sup small code pre kbd samp var blockquote q abbr cite time mark details summary address".split()
)
_ATTRIBUTES = frozenset(
    "id class style title lang dir role tabindex scope colspan rowspan span alt src width height href start value type open "
    "datetime border align valign charset name content http-equiv".split()
)
_PNG = re.compile(r"data:image/(?:png|jpeg);base64,[A-Za-z0-9+/=\s]*")
_ANCHOR = re.compile(r"#[\w-]*")
_STYLE = re.compile(r"url\s*\(|@import|expression\s*\(|javascript:|-moz-binding|behavior\s*:|\\", re.IGNORECASE)

_REMEDY_CODE = "Remove it from the cell or the data it comes from, then write the report again."
_REMEDY_PERSON = (
    "Take it out of the text or the data it comes from, then write the report again: reports hold no personal data."
)


def check_page(page: str, own: Sequence[str] = ()) -> None:
    """Refuse a page that could run something, load something, or give away somebody's address.

    Parameters
    ----------
    page : str
        The finished HTML page.
    own : sequence of str
        What the business says of itself, and may be read by everybody.

    Raises
    ------
    WorkbookError
        At the first fault: what it is, what stands around it, and how to mend it.
    """
    look = _Look(own)
    look.feed(page)
    look.close()


def _refuse(what: str, remedy: str) -> None:
    raise WorkbookError(f"The report was not written: {what}.", remedy)


class _Look(HTMLParser):
    """Walks the page and refuses at the first fault."""

    def __init__(self, own: Sequence[str] = ()) -> None:
        super().__init__(convert_charrefs=True)
        self.own = own
        self.in_style = False
        self.near = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _TAGS:
            _refuse(f"it holds <{tag}>, which a report must not hold{self._place()}", _REMEDY_CODE)
        seen = set()
        for name, value in attrs:
            if name in seen:
                _refuse(f"<{tag}> has the attribute “{name}” twice{self._place()}", _REMEDY_CODE)
            seen.add(name)
            self._attribute(tag, name, value or "")
        self.in_style = tag == "style"

    def handle_endtag(self, tag: str) -> None:
        if tag == "style":
            self.in_style = False

    def handle_data(self, data: str) -> None:
        if self.in_style:
            self._look_of("the style sheet", data)
        elif data.strip():
            self._text(data, "")
            self.near = " ".join(data.split())[-60:]

    def handle_comment(self, data: str) -> None:
        _refuse(f"it holds a hidden comment “{data.strip()[:40]}”{self._place()}", _REMEDY_CODE)

    def handle_pi(self, data: str) -> None:
        _refuse(f"it holds an instruction to other programs “{data.strip()[:40]}”{self._place()}", _REMEDY_CODE)

    def unknown_decl(self, data: str) -> None:
        _refuse(f"it holds a declaration “{data.strip()[:40]}”{self._place()}", _REMEDY_CODE)

    def _attribute(self, tag: str, name: str, value: str) -> None:
        if name not in _ATTRIBUTES and not name.startswith(("aria-", "data-")):
            _refuse(f"<{tag}> has the attribute “{name}”, which a report must not have{self._place()}", _REMEDY_CODE)
        if name == "src" and not (tag == "img" and _PNG.fullmatch(value)):
            _refuse(f"<{tag}> loads “{value[:60]}” from outside the page{self._place()}", _REMEDY_CODE)
        if name == "href" and not (tag == "a" and _ANCHOR.fullmatch(value)):
            _refuse(f"<{tag}> points to “{value[:60]}”, outside the page{self._place()}", _REMEDY_CODE)
        if name in ("http-equiv", "content", "charset") and tag != "meta":
            _refuse(f"<{tag}> has the attribute “{name}”, which a report must not have{self._place()}", _REMEDY_CODE)
        if name == "http-equiv" and value != "Content-Security-Policy":
            _refuse(f"it holds an order to the browser, “{value[:40]}”", _REMEDY_CODE)
        if name == "style":
            self._look_of(f"the style of <{tag}>", value)
        elif name not in ("src", "href", "class", "id"):
            self._text(value, f", in “{name}” of <{tag}>")

    def _look_of(self, what: str, css: str) -> None:
        if found := _STYLE.search(css):
            _refuse(f"{what} holds “{found.group()}”, which could load something{self._place()}", _REMEDY_CODE)

    def _text(self, text: str, where: str) -> None:
        for kind, words in found_in(text):
            if any(words in one for one in self.own):
                continue
            a = "an" if kind[0] in "aei" else "a"
            _refuse(f"it holds {a} {kind}, “{_hidden(words)}”{where}{self._place()}", _REMEDY_PERSON)

    def _place(self) -> str:
        return f" (after the words “{self.near}”)" if self.near else ""


def _hidden(found: str) -> str:
    """Show enough of an address to find it, not enough to give it away."""
    return found[:3] + "…" + found[-2:]
