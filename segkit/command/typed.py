"""What a person types about their data: files, and the choices of notebook 2, read from the words of a command line."""

import argparse
import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from segkit.words.addresses import is_address

if TYPE_CHECKING:
    from segkit.words.terms import FileKind

FILES = {
    "orders": "your orders or order lines",
    "customers": "your customers, one row each",
    "survey": "survey answers, one row per customer",
    "contacts": "contacts by channel",
}

_OF_OTHERS = "; for a file other than the main one, put its kind first, such as"


def add_files(parser: argparse.ArgumentParser) -> None:
    """Let a command take files."""
    for name, text in FILES.items():
        more = " (may be given several times, the oldest first)" if name in ("orders", "contacts") else ""
        parser.add_argument(f"--{name}", type=place, action="append", metavar="FILE", help=f"{text}{more}")


def add_choices(parser: argparse.ArgumentParser) -> None:
    """Let a command take what can be chosen in notebook 2: how files are read, and what stands in them."""
    parser.add_argument(
        "--as-of", type=day, metavar="DATE", help="analysis date, such as 2026-12-31 (default: the day after the last order)"
    )
    parser.add_argument(
        "--map",
        dest="roles",
        type=role,
        action="append",
        default=[],
        metavar="ROLE=COLUMN",
        help=f"read a column as something, such as amount=Total{_OF_OTHERS} survey:customer=Respondent",
    )
    group = parser.add_argument_group(
        "how files are read",
        f"Anything left out is detected automatically. All of these apply to the main file{_OF_OTHERS} survey:semicolon",
    )

    def reading(option: str, field: str, metavar: str, text: str, read: Callable[[str], Any] = str) -> None:
        group.add_argument(
            option,
            dest="readings",
            action="append",
            default=[],
            type=lambda typed: _of_file(typed, field, read),
            metavar=metavar,
            help=text,
        )

    reading("--table", "table", "NAME", "the sheet of a workbook, the table of a database, or the file in an archive")
    reading("--skip", "skip", "LINES", "lines above the table", _whole)
    reading("--delimiter", "delimiter", "SIGN", "what separates the columns: comma, semicolon, tab, … or the character itself")
    reading(
        "--quote", "quote", "MARK", "quotation marks around text: double, single, or none if they are part of the text", _quote
    )
    reading("--encoding", "encoding", "NAME", "character encoding, such as cp1252")
    reading("--decimal", "decimal", "SIGN", "decimal separator: comma or point", _decimal)
    reading("--amounts", "cents", "UNIT", "what whole amounts are in: cents, to be divided by 100, or units", _cents)
    for option, value, text in (
        ("--header", True, "the first row holds the column names"),
        ("--no-header", False, "the first row is already data"),
    ):
        group.add_argument(
            option,
            dest="readings",
            action="append",
            nargs="?",
            const=(None, "header", value),
            type=_header(value),
            metavar="KIND",
            help=text,
        )
    dates = group.add_mutually_exclusive_group()
    dates.add_argument("--day-first", dest="day_first", action="store_true", default=None, help="03/04 is the third of April")
    dates.add_argument("--month-first", dest="day_first", action="store_false", help="03/04 is the fourth of March")
    meaning = parser.add_argument_group("what counts")
    meaning.add_argument(
        "--status",
        dest="statuses",
        type=status,
        action="append",
        default=[],
        metavar="STATE=MEANING",
        help="what an order status means, such as Parked=no_sale: sale, no_sale or returned",
    )
    meaning.add_argument("--currency", default="", metavar="CODE", help="the one currency that counts, such as EUR")
    meaning.add_argument(
        "--rate",
        dest="rates",
        type=rate,
        action="append",
        default=[],
        metavar="CODE=WORTH",
        help="what one unit of another currency is worth in that one, such as USD=0.92",
    )
    meaning.add_argument("--rates-on", type=day, metavar="DATE", help="date of these rates, such as 2026-12-31")


def files_of(options: argparse.Namespace) -> "dict[FileKind, Path | str | tuple[Path | str, ...]]":
    """Return the files that were typed, by their kind."""
    from segkit.words.terms import FileKind

    given = {FileKind(name): paths for name in FILES if (paths := getattr(options, name))}
    return {kind: paths[0] if len(paths) == 1 else tuple(paths) for kind, paths in given.items()}


def choices_of(options: argparse.Namespace) -> dict[str, Any]:
    """Return what was typed about the data, by the field of the decision that it belongs to; what was left out is not in it."""
    from segkit.decisions.data import Rate, ReadingChoice, RoleChoice, StatusChoice
    from segkit.words.terms import FileKind

    files = files_of(options)
    main = FileKind.ORDERS if FileKind.ORDERS in files or not files else next(iter(files))
    readings: dict[FileKind, dict[str, Any]] = {}
    for kind, field, value in options.readings or ():
        readings.setdefault(kind or main, {})[field] = value
    said = {
        "roles": tuple(RoleChoice(kind=kind or main, column=column, role=role) for kind, role, column in options.roles),
        "readings": tuple(ReadingChoice(kind=kind, **fields) for kind, fields in readings.items()),
        "statuses": tuple(StatusChoice(status=state, meaning=meaning) for state, meaning in options.statuses),
        "currency": options.currency,
        "rates": tuple(Rate(currency=code, worth=worth) for code, worth in options.rates),
        "rates_on": options.rates_on,
        "day_first": options.day_first,
        "as_of": options.as_of,
    }
    return {field: value for field, value in said.items() if value not in ("", (), None)}


# Single words.


def folder(text: str) -> Path:
    """Read the name of a folder; an empty one would be the folder that the terminal happens to be in."""
    if not text.strip():
        raise argparse.ArgumentTypeError("its name is empty; name the folder of your business")
    return Path(text)


def place(text: str) -> Path | str:
    """Read a path, or the address of a database such as postgresql://anna@db.example.com/shop."""
    return text if is_address(text) else Path(text)


def day(text: str) -> dt.date:
    """Read a date such as 2026-12-31."""
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text} is not a date such as 2026-12-31") from None


def role(text: str) -> tuple[Any, Any, str]:
    """Read ``role=column`` or ``file:role=column``; return the file (or None), the role and the column."""
    from segkit.words.terms import FileKind, Role

    left, equals, column = text.partition("=")
    file, colon, name = left.rpartition(":")
    if not equals or not 0 < len(column) <= 4000:
        raise argparse.ArgumentTypeError(f"{text} is not of the form role=column")
    if name not in set(Role):
        raise argparse.ArgumentTypeError(f"{name} is not a role; the roles are {', '.join(Role)}")
    if colon and file not in set(FileKind):
        raise argparse.ArgumentTypeError(f"{file} is not a kind of file; the kinds are {', '.join(FileKind)}")
    return FileKind(file) if colon else None, Role(name), column


def status(text: str) -> tuple[str, Any]:
    """Read ``state=meaning``."""
    from segkit.words.terms import SaleMeaning

    state, equals, meaning = text.rpartition("=")
    if not equals or not 0 < len(state) <= 4000:
        raise argparse.ArgumentTypeError(f"{text} is not of the form state=meaning")
    if meaning not in set(SaleMeaning):
        raise argparse.ArgumentTypeError(f"{meaning} is not a meaning; the meanings are {', '.join(SaleMeaning)}")
    return state, SaleMeaning(meaning)


def rate(text: str) -> tuple[str, float]:
    """Read ``code=worth``."""
    code, _, worth = text.rpartition("=")
    try:
        value = float(worth)
    except ValueError:
        value = 0.0
    if not code or not 0 < value < float("inf"):
        raise argparse.ArgumentTypeError(f"{text} is not of the form USD=0.92")
    return code, value


def _of_file(text: str, field: str, read: Callable[[str], Any]) -> tuple[Any, str, Any]:
    """Read ``value`` or ``file:value``; return the file (or None), the field and the value."""
    from segkit.words.terms import FileKind

    file, colon, value = text.partition(":")
    if colon and value and file in set(FileKind):
        return FileKind(file), field, read(value)
    return None, field, read(text)


def _header(value: bool) -> Callable[[str], tuple[Any, str, bool]]:
    def read(text: str) -> tuple[Any, str, bool]:
        from segkit.words.terms import FileKind

        if text not in set(FileKind):
            raise argparse.ArgumentTypeError(f"{text} is not a kind of file; the kinds are {', '.join(FileKind)}")
        return FileKind(text), "header", value

    return read


def _whole(text: str) -> int:
    if not (text.isascii() and text.isdigit() and int(text) <= 100_000):
        raise argparse.ArgumentTypeError(f"{text} is not a number of lines such as 3")
    return int(text)


def _quote(text: str) -> str:
    words = {'"': "double", "'": "single"}
    if text not in (*words, *words.values(), "none"):
        raise argparse.ArgumentTypeError(f"{text} is not double, single or none")
    return words.get(text, text)


def _decimal(text: str) -> str:
    signs = {"comma": ",", "point": "."}
    if text not in (*signs, *signs.values()):
        raise argparse.ArgumentTypeError(f"{text} is not comma or point")
    return signs.get(text, text)


def _cents(text: str) -> bool:
    if text not in ("cents", "units"):
        raise argparse.ArgumentTypeError(f"{text} is not cents or units")
    return text == "cents"
