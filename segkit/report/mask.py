"""What tells of a person on a finished page: hidden in its place, so that nobody's data can stop the report, and said."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape
from html.parser import HTMLParser

from segkit.core.data.privacy import found_in, mask_words
from segkit.words.numbers import capital

_LEFT = ("style", "src", "href", "class", "id")
"""Attributes that hold no words."""


@dataclass(frozen=True)
class Masked:
    """A page without personal data, and for each that was hidden a sentence that says where it stood."""

    page: str
    hidden: tuple[str, ...]


def nowhere(words: str) -> str:
    """Know of no place that words could come from."""
    return ""


def mask_page(page: str, own: Sequence[str] = (), whence: Callable[[str], str] = nowhere) -> Masked:
    """Hide what tells of a person in the words of a page and of its attributes.

    Parameters
    ----------
    page : str
        The finished HTML page. Where nothing is found it comes back as it is, byte for byte.
    own : sequence of str
        What the business says of itself, and may be read by everybody.
    whence : callable, optional
        Told the words, returns the file and the column, or the step and the field, that they come from, where it knows.
    """
    copy = _Copy(own, whence)
    copy.feed(page)
    copy.close()
    return Masked("".join(copy.parts), tuple(dict.fromkeys(copy.hidden))) if copy.hidden else Masked(page, ())


class _Copy(HTMLParser):
    """Copies a page, with what tells of a person hidden; what must not stand there at all is left to the check."""

    def __init__(self, own: Sequence[str], whence: Callable[[str], str]) -> None:
        super().__init__(convert_charrefs=True)
        self.own, self.whence = own, whence
        self.parts: list[str] = []
        self.hidden: list[str] = []
        self.near = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        raw = self.get_starttag_text() or ""
        if any(value and name not in _LEFT and mask_words(value, self.own) != value for name, value in attrs):
            kept = [(name, value if not value or name in _LEFT else self._without(value)) for name, value in attrs]
            raw = f"<{tag}{''.join(f' {name}' if value is None else _attribute(name, value) for name, value in kept)}>"
        self.parts.append(raw)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        self.parts.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        if self.cdata_elem in ("style", "script"):
            self.parts.append(data)
            return
        shown = self._without(data)
        self.parts.append(escape(shown, quote=False))
        if shown.strip():
            self.near = " ".join(shown.split())[-60:]

    def handle_comment(self, data: str) -> None:
        self.parts.append(f"<!--{data}-->")

    def handle_decl(self, decl: str) -> None:
        self.parts.append(f"<!{decl}>")

    def handle_pi(self, data: str) -> None:
        self.parts.append(f"<?{data}>")

    def unknown_decl(self, data: str) -> None:
        self.parts.append(f"<![{data}]>")

    def _without(self, text: str) -> str:
        where = f" after the words “{self.near}”" if self.near else ""
        for kind, words in found_in(text):
            if any(words in one for one in self.own):
                continue
            article = "an" if kind[0] in "aei" else "a"
            place = self.whence(words)
            out_of = f"take it out of {place}" if place else "take it out of the text or the data"
            self.hidden.append(capital(f"{article} {kind} is hidden in this report{where}: {out_of}."))
        return mask_words(text, self.own)


def _attribute(name: str, value: str) -> str:
    return f' {name}="{escape(value)}"'
