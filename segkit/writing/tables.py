"""What leaves the workbook: a list of customers for other programs, and a summary for machines."""

import json
from pathlib import Path
from typing import Any

import pandas as pd

from segkit.writing.atomic import write_whole

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def defused(value: object) -> object:
    """Return text that a spreadsheet will not run as a formula; numbers stay as they are."""
    if isinstance(value, str) and value.startswith(FORMULA_STARTS) and not _is_number(value):
        return "'" + value
    return value


def write_csv(frame: pd.DataFrame, path: Path) -> Path:
    """Write a table for spreadsheets, formulas defused, in one piece; with a UTF-8 mark where Excel would misread it.

    Figures and dates stand as programs read them (1234.5, 2026-03-31), whichever region the person writes like.
    """
    text = frame.map(defused).to_csv(index=False, lineterminator="\n")
    return write_whole(path, text.encode("utf-8" if text.isascii() else "utf-8-sig"))


def write_json(content: dict[str, Any], path: Path) -> Path:
    """Write plain values as readable JSON, in one piece."""
    text = json.dumps(content, indent=2, ensure_ascii=False, allow_nan=False)
    return write_whole(path, (text + "\n").encode())


def write_text(content: str, path: Path) -> Path:
    """Write text as UTF-8, in one piece."""
    return write_whole(path, content.encode())


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True
