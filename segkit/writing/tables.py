"""What leaves the workbook: a list of customers for other programs, and a summary for machines."""

import json
import re
import unicodedata
from pathlib import Path
from typing import Any

import pandas as pd

from segkit.words.visible import visible
from segkit.writing.atomic import write_whole

_A_NUMBER_OR_NAME = re.compile(r"[+\-@][\w .,/:#%'\-]*")
"""Signs and words, as in ``-A12``, ``+49 171 23``, ``-5 %`` or ``@anna``: a spreadsheet may misread it, but can run nothing."""

_WITHIN = re.compile(r"(?<=[;|\t\r\n])(?=[\s'\"]*[=+\-@＝＋－＠])")
"""Where another separator than ours would begin a cell with a sign that may start a formula."""

_BEFORE = " \u00a0'\"\n"
"""What may stand before a formula without keeping a spreadsheet from running it."""


def defused(value: object) -> object:
    r"""Return text that a spreadsheet will not run as a formula, wherever it splits the line; what can run nothing stays.

    Whoever compares the list with other files finds numbers and names again as they were: only a formula gets a sign in front.

    >>> defused("=1+1"), defused("x;=1+1"), defused("-A12"), defused("+49 171 23"), defused("@SUM(A1)")
    ("'=1+1", "x;'=1+1", '-A12', '+49 171 23', "'@SUM(A1)")
    """
    if not isinstance(value, str):
        return value
    text = visible(value)
    parts = _WITHIN.split(text)
    return "".join("'" + part if _runs(part) else part for part in parts)


def _runs(text: str) -> bool:
    """Tell whether a spreadsheet would run the text that begins a cell, or hide what it begins with."""
    if text.startswith("\t"):  # a spreadsheet drops it, and looks at what follows
        return True
    begins = unicodedata.normalize("NFKC", text[:1000]).lstrip(_BEFORE)
    if begins.startswith("="):
        return True
    cell = re.split(r"[;\t\r\n]", begins, maxsplit=1)[0]  # not at "|", by which a formula calls a program
    return begins.startswith(("+", "-", "@")) and _A_NUMBER_OR_NAME.fullmatch(cell) is None


def csv_bytes(frame: pd.DataFrame) -> bytes:
    """Return a table for spreadsheets, formulas defused; with a UTF-8 mark where Excel would misread it.

    Figures and dates stand as programs read them (1234.5, 2026-03-31), whichever region the person writes like.
    """
    safe = frame.map(defused).rename(columns=defused)
    text: str = safe.to_csv(index=False, lineterminator="\n")
    return text.encode("utf-8" if text.isascii() else "utf-8-sig")


def write_csv(frame: pd.DataFrame, path: Path) -> Path:
    """Write a table for spreadsheets in one piece, as `csv_bytes` makes it."""
    return write_whole(path, csv_bytes(frame))


def json_bytes(content: dict[str, Any]) -> bytes:
    """Return plain values as readable JSON."""
    text = json.dumps(_shown(content), indent=2, ensure_ascii=False, allow_nan=False)
    return (text + "\n").encode()


def _shown(value: Any) -> Any:
    if isinstance(value, dict):
        return {_shown(name): _shown(inner) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_shown(inner) for inner in value]
    return visible(value) if isinstance(value, str) else value
