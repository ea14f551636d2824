"""The question how a file is read, for the case that it does not tell it rightly itself."""

from typing import Any

import ipywidgets as w

from segkit.decisions.data import ReadingChoice
from segkit.widgets import fields as f
from segkit.widgets.field import Bound, Field
from segkit.widgets.view import View
from segkit.words.addresses import is_address
from segkit.words.errors import SegkitError
from segkit.words.terms import FileKind
from segkit.workbook.session import Session

TELLS = "(detected automatically)"


CHOSEN = "(the workbook chooses)"


_DELIMITERS = ("comma", "semicolon", "tab", "vertical bar", "blank", "runs of spaces", "caret", "tilde", "colon", "none")


_ENCODINGS = (
    ("UTF-8", "utf-8"),
    ("UTF-16", "utf-16"),
    ("Western European, Windows", "cp1252"),
    ("Western European, Latin-9", "iso8859-15"),
    ("Western European, DOS (850)", "cp850"),
    ("Western European, DOS (437)", "cp437"),
    ("Central European, Windows", "cp1250"),
    ("Turkish, Windows", "cp1254"),
    ("Cyrillic, Windows", "cp1251"),
    ("Cyrillic, KOI8-R", "koi8-r"),
    ("Cyrillic, DOS", "cp866"),
    ("Greek, Windows", "cp1253"),
)


_DECIMALS = (("Comma: 1.234,50", ","), ("Point: 1,234.50", "."))


_CENTS = (("In cents: divide by 100", True), ("In whole units", False))


_QUOTES = (
    ('Texts stand between "…"', "double"),
    ("Text is enclosed in '…'", "single"),
    ("Quotation marks are plain text", "none"),
)


_HEADERS = (("Yes, in the first row", True), ("No, the first row is already data", False))


_LABELS = {
    "table": "Sheet or table",
    "encoding": "Accented letters",
    "delimiter": "Columns separated by",
    "quote": "Quote marks",
    "decimal": "Decimal sign",
    "cents": "Amounts",
    "skip": "Lines above the table",
    "header": "Column names",
}


def panel(session: Session, kind: FileKind, view: View) -> w.Widget:
    """Return the controls of one file."""
    on_server = any(is_address(file.path) for file in session.data_decision.files if file.kind is kind)

    def at(field: str, empty: Any = "") -> Bound:
        def get() -> Any:
            choices = session.data_decision.readings
            now = next((choice for choice in choices if choice.kind is kind), ReadingChoice(kind=kind))
            return getattr(now, field)

        def save(value: Any) -> None:
            session.read_as(kind, **{field: empty if value is None else value})

        return view.bound(get, save)

    def ask(field: str, options: Any, empty: Any = "") -> Field:
        value = at(field).get()
        known = [value for _, value in options]
        shown = [*options, *([(str(value), value)] if value not in (None, "", *known) else [])]
        label = "Table" if on_server and field == "table" else _LABELS[field]
        return f.choice(label, [(CHOSEN if on_server else TELLS, None), *shown], at(field, empty))

    try:
        tables = session.tables_in(kind)
    except SegkitError:
        tables = ()
    controls = [
        *([ask("table", [(name, name) for name in tables])] if len(tables) > 1 else []),
        *([ask("decimal", _DECIMALS)] if on_server else _of_text(ask, at)),
        *([ask("cents", _CENTS, None)] if kind is not FileKind.SURVEY else []),
    ]
    title = f"{kind.label}: how the {'table' if on_server else 'file'} is read"
    return w.Accordion(children=[w.VBox(controls)], titles=[title], selected_index=None)


def _of_text(ask: Any, at: Any) -> list[Field]:
    """Return the controls of what a file may leave open, and a table on a server does not."""
    return [
        ask("encoding", _ENCODINGS),
        ask("delimiter", [(word, word) for word in _DELIMITERS]),
        ask("quote", _QUOTES),
        ask("decimal", _DECIMALS),
        f.number(_LABELS["skip"], at("skip", None), hint="detected automatically"),
        ask("header", _HEADERS, None),
    ]
