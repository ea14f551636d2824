"""The question how a file is read, for the case that it does not tell it rightly itself."""

from typing import Any

import ipywidgets as w

from segkit.decisions.data import ReadingChoice
from segkit.widgets import controls as c
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
    "encoding": "Letters",
    "delimiter": "Columns separated by",
    "quote": "Quote marks",
    "decimal": "Decimal sign",
    "cents": "Amounts",
    "skip": "Lines above the table",
    "header": "Column names",
}


def panel(session: Session, kind: FileKind, write: Any) -> w.Widget:
    """Return the controls of one file."""
    now = next((choice for choice in session.data_decision.readings if choice.kind is kind), ReadingChoice(kind=kind))
    on_server = any(is_address(file.path) for file in session.data_decision.files if file.kind is kind)

    def ask(field: str, options: Any) -> w.DOMWidget:
        value = getattr(now, field)
        known = [value for _, value in options]
        shown = [*options, *([(str(value), value)] if value not in (None, "", *known) else [])]
        return c.choice(
            "Table" if on_server and field == "table" else _LABELS[field],
            [(CHOSEN if on_server else TELLS, None), *shown],
            None if value in (None, "") else value,
            lambda new: write(kind, field, new or ""),
        )

    try:
        tables = session.tables_in(kind)
    except SegkitError:
        tables = ()
    cents = c.choice(_LABELS["cents"], [(TELLS, None), *_CENTS], now.cents, lambda new: write(kind, "cents", new))
    controls = [
        *([ask("table", [(name, name) for name in tables])] if len(tables) > 1 else []),
        *([ask("decimal", _DECIMALS)] if on_server else _of_text(kind, now, ask, write)),
        *([cents] if kind is not FileKind.SURVEY else []),
    ]
    title = f"{kind.label}: how the {'table' if on_server else 'file'} is read"
    return w.Accordion(children=[w.VBox(controls)], titles=[title], selected_index=None)


def _of_text(kind: FileKind, now: ReadingChoice, ask: Any, write: Any) -> list[w.DOMWidget]:
    """Return the controls of what a file may leave open, and a table on a server does not."""
    return [
        ask("encoding", _ENCODINGS),
        ask("delimiter", [(word, word) for word in _DELIMITERS]),
        ask("quote", _QUOTES),
        ask("decimal", _DECIMALS),
        c.number(_LABELS["skip"], now.skip, lambda new: write(kind, "skip", new), hint="detected automatically"),
        c.choice(_LABELS["header"], [(TELLS, None), *_HEADERS], now.header, lambda new: write(kind, "header", new)),
    ]
