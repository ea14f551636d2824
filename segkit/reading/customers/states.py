"""The states of an order file's lines: looked up by their different values, of which there are few."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from segkit.core.data.questions import Question
from segkit.core.data.states import CANCELLED, Met, State, ask, judge
from segkit.core.data.statuses import says_no
from segkit.decisions.data import StatusChoice
from segkit.reading.files import KnownFile
from segkit.reading.raw import quoted
from segkit.reading.summary import Column
from segkit.words.spelling import spaced
from segkit.words.terms import Role, SaleMeaning

_WHOLE = 10_000
"""Money is added up in whole ten-thousandths: the same sum in whatever order an engine adds."""

_PAID_ON = re.compile(r"\bpaid|bezahlt|zahlung|payment|\bpaye|paiement|pagad|\bpago|pagat|pagament|betaal|captured|settled")


@dataclass(frozen=True)
class States:
    """What the states of a file's lines say.

    ``sql`` gives "cancelled", "no_sale" or "returned" for a line, NULL for a sale; it is empty where the file has no states.
    """

    sql: str = ""
    found: tuple[State, ...] = ()
    question: Question | None = None


def read_states(
    file: KnownFile,
    choices: Sequence[StatusChoice] = (),
    *,
    money: str = "",
    join: str = "",
    known: Mapping[str, SaleMeaning] | None = None,
) -> States:
    """Look up what the states of an order file say.

    Parameters
    ----------
    file : KnownFile
        The order file.
    choices : sequence of StatusChoice
        What a person says of states.
    money : str, optional
        SQL of a line's money; empty where there is none, or in several currencies.
    join : str, optional
        SQL behind the file's table that the money rests on.
    known : mapping of str to SaleMeaning, optional
        What a known system means by its states.
    """
    columns = file.having(Role.STATUS)
    cancelled = [_filled(column) for column in file.having(Role.CANCELLED_ON)]
    if not columns:
        return States(f"(case when {' or '.join(cancelled)} then {quoted(CANCELLED)} end)" if cancelled else "")
    met = _count(file, columns, cancelled, money, join)
    said = {choice.status: choice.meaning for choice in choices}
    found = judge([column.summary.name for column in columns], met, said, known, refunds=bool(file.having(Role.REFUND)))
    by_name = {column.summary.name: column for column in columns}
    whens = []
    for what in (CANCELLED, SaleMeaning.RETURNED.value, SaleMeaning.NO_SALE.value):
        tests = [*cancelled] if what == CANCELLED else []
        for name, column in by_name.items():
            if texts := sorted(s.state for s in found if s.column == name and s.sets_aside == what):
                tests.append(f"{column.text_sql()} in ({', '.join(map(quoted, texts))})")
        if tests:
            whens.append(f"when {' or '.join(tests)} then {quoted(what)}")
    return States(f"(case {' '.join(whens)} end)" if whens else "(null::varchar)", found, ask(found, met))


def _filled(column: Column) -> str:
    """Return SQL that is true where a column tells when, or that, an order was cancelled."""
    if column.dates and column.summary.dates > 0.5 * column.summary.filled:
        return f"coalesce({column.date_sql()} > date '1970-01-01', false)"
    text = column.text_sql()
    no = [level for level in column.summary.examples if says_no(level)]
    return f"({text} is not null and {text} not in ({', '.join(map(quoted, ['', *no]))}))"


def _count(file: KnownFile, columns: Sequence[Column], cancelled: Sequence[str], money: str, join: str) -> list[Met]:
    """Count how often which states come together, with their money and their dates of payment."""
    paid = next((c for c in file.columns if c.dates and c.summary.dates and _PAID_ON.search(spaced(c.summary.name))), None)
    names = [f"s{i}" for i in range(len(columns))]
    texts = [f"{column.text_sql()} as {name}" for name, column in zip(names, columns, strict=True)]
    cells = [*texts, f"{money or 'null'} as m", f"{paid.date_sql() if paid else 'null::date'} as paid"]
    left_out = " or ".join([*cancelled, *([file.again] if file.again else [])]) or "false"
    lines = f"select {', '.join(cells)}, coalesce({left_out}, false) as left_out from {file.table.name} {join}"
    sums = f"count(*), sum(round(m * {_WHOLE})), count(paid)"
    query = f"select {', '.join(names)}, {sums} from ({lines}) where not left_out group by all"
    met = [
        Met(tuple(states), int(rows), float(total or 0) / _WHOLE if money else None, int(dated) if paid else None)
        for *states, rows, total, dated in file.table.connection.execute(query).fetchall()
    ]
    return sorted(met, key=lambda one: tuple(state or "" for state in one.states))
