"""Files read and nothing else: what was found in them, as plain values for machines and for the command line."""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Any

from segkit.core.data.customers import CustomerData
from segkit.core.data.noticed import noticed, plain, said
from segkit.decisions.data import Rate, ReadingChoice, RoleChoice, StatusChoice
from segkit.reading.load import load_customers
from segkit.words.errors import DataError
from segkit.words.terms import FileKind


def check(
    files: Mapping[FileKind, Path | Sequence[Path]],
    *,
    roles: Sequence[RoleChoice] = (),
    readings: Sequence[ReadingChoice] = (),
    day_first: bool | None = None,
    as_of: dt.date | None = None,
    statuses: Sequence[StatusChoice] = (),
    currency: str = "",
    rates: Sequence[Rate] = (),
    rates_on: dt.date | None = None,
    confirmed: Collection[str] = (),
) -> dict[str, Any]:
    """Read files as the workbook does, and say what was found; nothing is saved.

    Parameters
    ----------
    files : mapping of FileKind to Path or sequence of Path
        The files, as ``load_customers`` takes them.
    roles, readings, day_first, as_of, statuses, currency, rates, rates_on, confirmed
        What a person decided, as ``decisions.data.Data`` has it.

    Returns
    -------
    dict
        ``rows_read rows_kept rows_set_aside customers orders revenue currency first_date last_date``; ``joins`` (one for each
        further file) and ``matched`` (customers of the main file that are in the first of these; None without one); ``read``
        (a sentence for each file); ``roles`` (by kind of file one entry a column); ``questions`` that nobody has answered;
        ``warnings``, the weighty first. Where the files cannot be used, ``refused`` and ``remedy``.
    """
    try:
        data = load_customers(
            files,
            roles=roles,
            readings=readings,
            day_first=day_first,
            as_of=as_of,
            statuses=statuses,
            counting=currency,
            rates=rates,
            rates_on=rates_on,
            confirmed=confirmed,
        )
    except DataError as error:
        return {"refused": error.what, "remedy": error.remedy}
    return found(data)


def found(data: CustomerData) -> dict[str, Any]:
    """Return what was found in files that could be read (see ``check``)."""
    ledger = data.ledger
    return {
        "rows_read": ledger.rows_read,
        "rows_kept": ledger.rows_kept,
        "rows_set_aside": {rule.value: rows for rule, rows in ledger.rows_set_aside.items()},
        "customers": len(data.customers),
        "orders": data.orders,
        "revenue": None if data.revenue is None else round(data.revenue, 4),
        "currency": data.currency,
        "first_date": data.first_date.isoformat() if data.first_date else None,
        "last_date": data.last_date.isoformat() if data.last_date else None,
        "joins": [
            {"kind": j.kind.value, "matched": j.matched, "only_main": j.only_main, "only_here": j.only_here} for j in data.joins
        ],
        "matched": data.joins[0].matched if data.joins else None,
        "read": [{"file": reading.file_name, "how": reading.sentence} for reading in data.readings],
        "roles": {
            kind.value: [
                {"column": r.column, "role": r.role.value, "certainty": r.certainty, "reason": r.reason} for r in taken
            ]
            for kind, taken in data.roles.items()
        },
        "questions": [plain(question) for question in data.questions],
        "warnings": said(noticed(data, questions=False)),
    }
