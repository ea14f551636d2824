"""All that was noticed while the data were read, the weighty first: one list for notebook, report, command line and files."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from segkit.core.data.cleaning import Ledger
from segkit.core.data.customers import CustomerData, Join
from segkit.core.data.damage import Finding
from segkit.core.data.privacy import masked
from segkit.core.data.questions import Doubt, Question
from segkit.core.data.roles.columns import ColumnRole
from segkit.words.numbers import count, listed, percent
from segkit.words.terms import CleaningRule, Role, Severity

MANY, MOST = 0.3, 0.5
"""Shares of the rows from which it is a warning, or serious, that they were set aside."""

FEW_MATCHED = 0.5
"""Where less of the smaller file is also in the other one, the two hardly belong together."""

_HOLDS = (Role.CUSTOMER, Role.ORDER, Role.DATE, Role.AMOUNT, Role.QUANTITY, Role.PRICE, Role.ORDER_TOTAL, Role.CURRENCY)
"""Roles on which every figure rests: where one of them is a guess, all may be wrong."""

_UNUSED = (Role.PERSONAL, Role.FREE_TEXT, Role.CONSTANT, Role.IGNORE)

_RANK = {severity: rank for rank, severity in enumerate(Severity)}


@dataclass(frozen=True)
class Notice:
    """One thing noticed, in a sentence or two, and how much it matters."""

    severity: Severity
    text: str


def noticed(data: CustomerData, *, questions: bool = True) -> tuple[Notice, ...]:
    """Return all that was noticed while the data were read, the weighty first.

    Parameters
    ----------
    data : CustomerData
        The customers, and how they were read.
    questions : bool
        Whether to name the questions that nobody has confirmed; False where they stand apart, with all their readings.

    Returns
    -------
    tuple of Notice
        Serious ones, then warnings (questions before the others), then what is good to know. No text tells of a person.
    """
    found = [
        *(_asked(question) for question in data.questions if questions),
        *map(_damaged, data.damage),
        *(_join(join) for join in data.joins),
        *_rows(data.ledger),
        *_guesses(data),
        *(Notice(Severity.WARNING if isinstance(note, Doubt) else Severity.NOTE, note) for note in data.notes),
        *_merged(data.merged_customers),
    ]
    ranked = sorted(found, key=lambda notice: _RANK[notice.severity])
    return tuple(dict.fromkeys(Notice(notice.severity, masked(str(notice.text))) for notice in ranked))


def weighty(notices: Sequence[Notice]) -> tuple[str, ...]:
    """Return the texts that everybody must read: of serious ones (said to be so) and of warnings."""
    return tuple(said([notice for notice in notices if notice.severity is not Severity.NOTE]))


def said(notices: Sequence[Notice]) -> list[str]:
    """Return the texts of notices, serious ones said to be so."""
    return [f"Serious: {one.text}" if one.severity is Severity.SERIOUS else one.text for one in notices]


def plain(question: Question) -> dict[str, Any]:
    """Return a question with its readings as plain values that tell of nobody."""
    readings = [{"label": masked(a.label), "gives": masked(a.gives), "taken": a.taken} for a in question.answers]
    return {"key": question.key, "question": masked(question.text), "why": masked(question.why), "readings": readings}


def _damaged(found: Finding) -> Notice:
    where = f"{found.file_name}, column “{found.column}”" if found.column else found.file_name
    return Notice(found.severity, f"{where}: {found.what} {found.evidence} {found.remedy}")


def _asked(question: Question) -> Notice:
    taken = question.taken
    gives = f" ({taken.gives})" if taken.gives else ""
    return Notice(Severity.WARNING, f"To confirm: {question.text} {question.why} Used for now: {taken.label}{gives}.")


def _join(join: Join) -> Notice:
    both, smaller = join.matched, join.matched + min(join.only_main, join.only_here)
    counts = f"{count(both, 'customer')} are in both files" if both != 1 else "1 customer is in both files"
    text = (
        f"{join.kind.label}: {counts}, {count(join.only_main)} only in the main file, {count(join.only_here)} only in this one"
    )
    if not both:
        return Notice(
            Severity.SERIOUS, f"{text}. Nothing in this file counts: in both files, choose the column that names the customer."
        )
    if both < FEW_MATCHED * smaller:
        return Notice(Severity.WARNING, f"{text} (not counted). That is not many: do both name the customer in the same way?")
    return Notice(Severity.NOTE, f"{text} (not counted).")


def _rows(ledger: Ledger) -> Iterator[Notice]:
    """Tell of dates and amounts that cannot be read, however few, and of many rows set aside, whatever the rule."""
    read, aside = ledger.rows_read, ledger.rows_set_aside
    share = sum(aside.values()) / read if read else 0.0
    for rule in (CleaningRule.DATE_UNREADABLE, CleaningRule.AMOUNT_UNREADABLE):
        if rows := aside.get(rule, 0):
            part = f"{count(rows)} of {count(read, 'row')} ({percent(rows / read)})"
            yield Notice(_weight(rows / read), f"{part} were set aside: {rule.label[:1].lower()}{rule.label[1:]}.")
    if share >= MANY:
        main = sorted(aside.items(), key=lambda item: -item[1])[:3]
        rules = listed([f"“{rule.label}” ({count(rows)})" for rule, rows in main])
        part = f"{count(sum(aside.values()))} of {count(read, 'row')} ({percent(share)})"
        yield Notice(_weight(share), f"{part} were set aside, most of them by {rules}. Is that right?")


def _weight(share: float) -> Severity:
    return Severity.SERIOUS if share >= MOST else Severity.WARNING


def _guesses(data: CustomerData) -> Iterator[Notice]:
    for kind, roles in data.roles.items():
        guessed = [role for role in roles if role.certainty == "a guess" and role.role not in _UNUSED]
        for role in guessed:
            if role.role in _HOLDS:
                text = f"{kind.label}: column “{role.column}” is read as “{role.role.label}”, which is a guess ({role.reason})."
                yield Notice(Severity.WARNING, text)
        if others := [_guessed(role) for role in guessed if role.role not in _HOLDS]:
            yield Notice(Severity.NOTE, f"{kind.label}: also guessed: {listed(others)}.")


def _guessed(role: ColumnRole) -> str:
    return f"“{role.column}” as “{role.role.label}”"


def _merged(customers: int) -> Iterator[Notice]:
    if customers:
        who = "1 customer was" if customers == 1 else f"{count(customers, 'customer')} were"
        yield Notice(Severity.NOTE, f"{who} merged into another: the same person under two numbers.")
