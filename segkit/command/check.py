"""``segkit check``: files read and nothing else, and what was found said in plain words."""

import datetime as dt
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from segkit.core.data.currencies import decimals_of, name_of
from segkit.reading.beside import lying_in, private_folder
from segkit.reading.sources.copies import Copies
from segkit.words.numbers import count, date, money
from segkit.words.terms import CleaningRule, FileKind, Role
from segkit.workbook.checked import check

UNUSED = (Role.IGNORE, Role.CONSTANT, Role.FREE_TEXT, Role.NUMBER, Role.CATEGORY)
"""What a column may be taken for without a line of its own: it holds nothing together."""


def checked(files: Mapping[FileKind, Path | str | Sequence[Path | str]], **choices: Any) -> dict[str, Any]:
    """Return what is found in files, or in databases on servers, of which a copy is made and thrown away."""
    tables = {choice.kind: choice.table for choice in choices.get("readings", ())}
    with private_folder() as folder, lying_in(folder):
        copies = Copies(folder / "copies")

        def path(given: Path | str, kind: FileKind) -> Path:
            return given if isinstance(given, Path) else copies.of(given, tables.get(kind, ""))

        several = {kind: [given] if isinstance(given, Path | str) else given for kind, given in files.items()}
        return check({kind: tuple(path(one, kind) for one in given) for kind, given in several.items()}, **choices)


def in_words(found: Mapping[str, Any]) -> list[str]:
    """Say what was found, line by line."""
    if "refused" in found:
        return [f"Refused: {found['refused']}", found["remedy"]]
    return [
        *(f"{one['file']}: {one['how']}" for one in found["read"]),
        "",
        *_figures(found),
        *(
            f"{FileKind(join['kind']).label}: {count(join['matched'], 'customer')} found in the main file too, "
            f"{count(join['only_main'])} only there, {count(join['only_here'])} only here."
            for join in found["joins"]
        ),
        "",
        "Read as: ",
        *(line for kind, roles in found["roles"].items() for line in _roles(FileKind(kind), roles)),
        *asked(found["questions"]),
        *(["", "Noticed:", *(f"  - {text}" for text in found["warnings"])] if found["warnings"] else []),
    ]


def asked(questions: Sequence[Mapping[str, Any]]) -> list[str]:
    """Say which questions nobody has answered yet, each with its readings."""
    lines = []
    for question in questions:
        lines += ["", f"Please confirm ({question['key']}): {question['question']}", f"  {question['why']}"]
        for number, reading in enumerate(question["readings"], 1):
            taken = " (used for now)" if reading["taken"] else ""
            lines.append(f"  {number}. {reading['label']}: {reading['gives']}{taken}")
    return lines


def _figures(found: Mapping[str, Any]) -> list[str]:
    aside = [f"{count(rows)} × {CleaningRule(rule).label}" for rule, rows in found["rows_set_aside"].items()]
    facts = [count(found["customers"], "customer")]
    if found["orders"] is not None:
        facts.append(count(found["orders"], "order"))
    facts.append("no money" if found["revenue"] is None else f"{_money(found['revenue'], found['currency'])} in all")
    first, last = (dt.date.fromisoformat(day) if (day := found[name]) else None for name in ("first_date", "last_date"))
    span = f", from {date(first)} to {date(last)}" if first else ""
    return [
        f"{count(found['rows_read'], 'row')} read, {count(found['rows_kept'])} kept.",
        *([f"Set aside: {'; '.join(aside)}."] if aside else []),
        f"{', '.join(facts)}{span}.",
    ]


def _money(value: float, currency: str) -> str:
    return money(value, currency, decimals_of(name_of(currency)))


def _roles(kind: FileKind, roles: Sequence[Mapping[str, str]]) -> list[str]:
    """Say what the columns of one file are taken for: those that hold the figures together, then the others in one line."""
    telling = [role for role in roles if role["role"] not in UNUSED]
    others = [f"“{role['column']}”" for role in roles if role["role"] in UNUSED]
    lines = [f"  {Role(one['role']).label}: “{one['column']}” ({one['certainty']}: {one['reason']})" for one in telling]
    rest = [f"  Beside these: {', '.join(others)}"] if others else []
    return [*([f"  {kind.label}"] if kind is not FileKind.ORDERS else []), *lines, *rest]
