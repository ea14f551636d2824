"""Files that were damaged before they came here: what is wrong, on what evidence, and what helps."""

from dataclasses import dataclass

from segkit.words.numbers import count, number, percent
from segkit.words.terms import Severity

ROUND_COUNTS = (500, 1_000, 2_000, 2_500, 5_000, 10_000, 20_000, 25_000, 50_000, 100_000, 200_000, 250_000, 500_000, 1_000_000)
"""Rows at which programs end an export without saying so."""

SHEET_ROWS = (16_384, 65_536, 1_048_576)
"""Rows that a sheet can hold, its header included."""


@dataclass(frozen=True)
class Finding:
    """One sign of damage: ``what`` is wrong, the ``evidence`` in the file, and the ``remedy``, each a sentence."""

    severity: Severity
    file_name: str
    column: str
    what: str
    evidence: str
    remedy: str


@dataclass(frozen=True)
class DateSigns:
    """What the dates of one column look like, in numbers of rows; ``months`` and ``days`` count different ones."""

    column: str
    readable: int
    unreadable: int
    first_of_month: int
    up_to_12: int
    months: int
    days: int
    texts_beyond_12: int
    """Cells such as 25/03/2024 among dates written with the year first."""
    year_first_up_to_12: int
    year_first: int
    without_day: bool


@dataclass(frozen=True)
class MoneySigns:
    """How the money of one column is written, in numbers of rows, with the medians of whole and of decimal numbers."""

    column: str
    commas: int
    points: int
    whole: int
    decimal: int
    median_whole: float | None
    median_decimal: float | None
    hundredfold: int
    """Rows whose amount is a hundred times quantity times price (or a hundredth of it)."""
    fits: int
    """Rows whose amount is quantity times price."""


@dataclass(frozen=True)
class IdSigns:
    """What identifiers look like, in numbers of different ones (``scientific``: such as 1.23E+12)."""

    column: str
    different: int
    scientific: int
    longest: int
    padded: int
    """Of the longest, those that begin with a zero."""
    shorter: int
    postcode: bool


def _percent(part: int, whole: int) -> str:
    return percent(part / whole, 0)


def blank_rows(file_name: str, rows: int, blank: int) -> list[Finding]:
    """Tell that most rows are empty where it matters: customer, date and money."""
    if blank <= 0.5 * rows:
        return []
    return [
        Finding(
            Severity.SERIOUS, file_name, "", "Most rows are empty.",
            f"{count(blank)} of {count(rows)} rows hold no customer, date or amount.",
            "Export again; if the rows are empty in the shop too, delete them, or check which columns were chosen above.",
        )
    ]  # fmt: skip


def truncated(file_name: str, rows: int, cut: str) -> list[Finding]:
    """Tell that an export ended early: at a round number of rows, at the end of a sheet, or in the middle of a line."""
    remedy = "Export a shorter period, or several months in a file each: several files can be read together."
    if cut:
        return [
            Finding(
                Severity.SERIOUS, file_name, "", "The file breaks off in its last line.", cut, "Export or download it again."
            )
        ]
    if rows in SHEET_ROWS or rows + 1 in SHEET_ROWS:
        evidence = f"It has {count(rows)} rows: exactly as many as a spreadsheet page can hold."
        return [Finding(Severity.SERIOUS, file_name, "", "The export was cut off by a spreadsheet.", evidence, remedy)]
    if rows in ROUND_COUNTS:
        evidence = f"It has exactly {count(rows)} rows, at which many programs end an export."
        return [Finding(Severity.WARNING, file_name, "", "The export may have been cut off.", evidence, remedy)]
    return []


def broken_letters(file_name: str, column: str, rows: int, example: str) -> list[Finding]:
    """Tell that letters were broken by a wrong encoding before."""
    if not rows:
        return []
    where = "1 row holds" if rows == 1 else f"{count(rows)} rows hold"
    evidence = f"{where} signs such as “{example}” in place of a letter with an accent."
    remedy = "Export again as “CSV UTF-8”, and do not open and save the file in a spreadsheet in between."
    return [
        Finding(
            Severity.WARNING,
            file_name,
            column,
            "Letters are garbled: the file was saved with the wrong character encoding.",
            evidence,
            remedy,
        )
    ]


def damaged_dates(file_name: str, signs: DateSigns) -> list[Finding]:
    """Tell that dates lost their day, or that a spreadsheet exchanged days and months."""
    if signs.readable < 20:
        return []
    if signs.texts_beyond_12 >= 5 and signs.year_first >= 5 and signs.year_first_up_to_12 >= 0.98 * signs.year_first:
        return [_swapped(file_name, signs.column, (
            f"{count(signs.texts_beyond_12)} dates are still texts such as 25/03/2024, all with a day above 12; of the "
            f"{count(signs.year_first)} turned into dates {_percent(signs.year_first_up_to_12, signs.year_first)} have a day "
            "of 12 or below."
        ))]  # fmt: skip
    if signs.months >= 3 and signs.days >= 30 and signs.up_to_12 == signs.readable:
        lost = f", and {count(signs.unreadable)} cells cannot be read" if signs.unreadable else ""
        evidence = (
            f"{count(signs.days)} different dates in {signs.months} months, and none of them after the 12th of a month{lost}."
        )
        return [_swapped(file_name, signs.column, evidence)]
    if signs.without_day or (signs.months >= 3 and signs.first_of_month >= 0.98 * signs.readable):
        evidence = (
            f"{_percent(signs.first_of_month, signs.readable)} of the dates are the first of a month ({signs.months} months)."
            if not signs.without_day
            else f"The column holds months only, {signs.months} of them."
        )
        remedy = "Export the full date. Until then, days since the last order are accurate only to the month."
        return [Finding(Severity.WARNING, file_name, signs.column, "The dates have lost their day.", evidence, remedy)]
    return []


def _swapped(file_name: str, column: str, evidence: str) -> Finding:
    return Finding(
        Severity.SERIOUS, file_name, column, "A spreadsheet has swapped days and months.", evidence,
        "Use the file as your shop exported it, before any spreadsheet opened it, or set its dates to your country.",
    )  # fmt: skip


def damaged_money(file_name: str, signs: MoneySigns) -> list[Finding]:
    """Tell that decimal signs were exchanged or lost in part of a column."""
    found, written = [], signs.commas + signs.points
    less = min(signs.commas, signs.points)
    if less >= 3 and less >= 0.01 * written:
        found.append(
            Finding(
                Severity.SERIOUS, file_name, signs.column, "Decimal signs are mixed.",
                f"{count(signs.commas)} rows write decimals with a comma, {count(signs.points)} with a point; each was read by "
                "its own.",
                "Compare the sum with your books; export again with a single country setting.",
            )
        )  # fmt: skip
    ratio = signs.median_whole / signs.median_decimal if signs.median_whole and signs.median_decimal else 0.0
    both = signs.whole + signs.decimal
    by_product = signs.hundredfold >= 3 and signs.hundredfold >= 0.01 * (signs.hundredfold + signs.fits)
    by_median = 60 <= ratio <= 170 and signs.whole >= 5 and 0.02 * both <= signs.whole <= 0.95 * both
    if by_product or by_median:
        evidence = (
            f"In {count(signs.hundredfold)} rows the amount is a hundred times quantity times price (or a hundredth of it); in "
            f"{count(signs.fits)} it fits."
            if by_product
            else f"{count(signs.whole)} rows have no decimals; their median is {number(ratio, 0)} times that of the "
            f"{count(signs.decimal)} "
            "rows that have some."
        )
        found.append(
            Finding(
                Severity.SERIOUS, file_name, signs.column, "Some amounts lost their decimal sign: they are 100 times too high.",
                evidence, "Export again with a single country setting; sums and averages are wrong until then.",
            )
        )  # fmt: skip
    return found


def damaged_ids(file_name: str, signs: IdSigns) -> list[Finding]:
    """Tell that a spreadsheet rounded identifiers or took their leading zeros away."""
    found = []
    remedy = "Use the file as your shop exported it; in a spreadsheet, set the column to “Text” before loading the file."
    if signs.scientific:
        evidence = f"{count(signs.scientific)} different values are written as 1.23E+12: their last digits are gone."
        what = "A spreadsheet has rounded long numbers: different ones have become the same."
        found.append(Finding(Severity.SERIOUS, file_name, signs.column, what, evidence, remedy))
    total = signs.padded + signs.shorter
    if signs.padded >= 3 and 3 <= signs.shorter and signs.shorter >= 0.01 * total and signs.longest >= 3:
        padded = f"{count(signs.padded)} values have {signs.longest} digits and begin with a zero"
        evidence = f"{padded}, {count(signs.shorter)} are shorter."
        what = "Leading zeros were lost in part of the column: one customer may appear there under two numbers."
        found.append(Finding(Severity.WARNING, file_name, signs.column, what, evidence, remedy))
    elif (
        signs.postcode
        and not signs.padded
        and 0.01 * signs.different <= signs.shorter <= 0.5 * signs.different
        and signs.shorter >= 3
    ):
        few = f"{count(signs.shorter)} of {count(signs.different)}"
        evidence = f"No postcode begins with a zero, and {few} have one digit fewer than the others."
        found.append(
            Finding(Severity.WARNING, file_name, signs.column, "Postcodes have lost their leading zeros.", evidence, remedy)
        )
    return found


def unmatched_by_zeros(file_name: str, matched: int, matched_without_zeros: int) -> list[Finding]:
    """Tell that two files would meet if leading zeros were put back."""
    more = matched_without_zeros - matched
    if more < 3 or more < 0.05 * matched_without_zeros:
        return []
    without = f"{count(matched_without_zeros)} if leading zeros are left out"
    evidence = f"{count(matched)} customers are in both files as written, {without}."
    what = "Leading zeros of the customer's number were lost in one of the two files."
    remedy = "Export the file without zeros again, and do not open and save it in a spreadsheet in between."
    return [Finding(Severity.SERIOUS, file_name, "", what, evidence, remedy)]
