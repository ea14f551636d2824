"""Amounts in hundredths of the currency, as programs keep them: told by the column's name, or asked by how the numbers end."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from segkit.core.data.doubts import CentSigns, are_cents, perhaps_cents
from segkit.core.data.roles import money_words
from segkit.core.data.roles.columns import ColumnRole
from segkit.core.data.roles.structure import Structure, agree
from segkit.reading.raw import RawTable
from segkit.reading.signs import LOOKED_AT
from segkit.reading.summary import Column
from segkit.words.numbers import listed
from segkit.words.spelling import spaced
from segkit.words.terms import Role

_MAIN = (Role.AMOUNT, Role.ORDER_TOTAL, Role.PRICE)
_BESIDE = (Role.REFUND, Role.DISCOUNT, Role.MARGIN)
_NAMED = re.compile(r"\b(cents?|pence|centimes?|centavos?|rappen|minor( units?)?|cts)\b")
_NO_CENTS = "¥ JPY 円 ₩ KRW ₫ đ VND Rp Rp. IDR Ft HUF CLP PYG ISK ₹ INR Rs Rs.".split()
"""Currencies whose prices are whole numbers, and may end in 99."""

_PERCENT = 100.0
"""A discount of no more than this may be a percentage, and is none in cents."""


@dataclass(frozen=True)
class Cents:
    """What is known of a file's amounts in cents.

    Attributes
    ----------
    columns : tuple of str
        Columns that were, or would be, divided by a hundred.
    why : str
        Why nothing decides it, in a sentence; empty where the name or a person does.
    divided : bool
        Whether they were divided.
    """

    columns: tuple[str, ...] = ()
    why: str = ""
    divided: bool = False

    @property
    def said(self) -> str:
        """What was done, in a sentence; empty where nothing was."""
        if not self.divided:
            return ""
        names = listed([f"“{name}”" for name in self.columns])
        hold, whose = ("holds", "its") if len(self.columns) == 1 else ("hold", "their")
        return f"{names} {hold} cents; {whose} amounts were divided by 100"


def without_cents(
    table: RawTable, columns: tuple[Column, ...], roles: Sequence[ColumnRole], structure: Structure, said: bool | None
) -> tuple[tuple[Column, ...], Cents]:
    """Divide amounts in cents by a hundred, where their name or a person says that they are.

    Parameters
    ----------
    table : RawTable
        The file.
    columns : tuple of Column
        Its columns.
    roles : sequence of ColumnRole
        What each is taken for.
    structure : Structure
        What the rows show: a column of hundredths beside is as good as a name.
    said : bool or None
        What a person says; None lets the columns tell.
    """
    main = [column for column, role in zip(columns, roles, strict=True) if role.role in _MAIN]
    signs = [_signs(table, column) for column in main]
    twin = _beside_hundredths(structure)
    named = [c for c, s in zip(main, signs, strict=True) if are_cents(s) or (twin and s.whole and not s.decimal)]
    why = "" if named else next((reason for found in signs if (reason := perhaps_cents(found))), "")
    if said is False or not (said or named or why):
        return columns, Cents()
    chosen = named or main
    beside = [c for c, role in zip(columns, roles, strict=True) if role.role in _BESIDE and (c.summary.maximum or 0) > _PERCENT]
    if named:  # what is not called cents beside them may be in whole units
        beside = [column for column in beside if _NAMED.search(spaced(column.summary.name))]
    parts = {column.engine_name for column in (*chosen, *beside)}
    names = tuple(column.summary.name for column in columns if column.engine_name in parts)
    if said is None and not named:
        return columns, Cents(names, why)
    divided = tuple(replace(column, cents=True) if column.engine_name in parts else column for column in columns)
    return divided, Cents(names, divided=True)


def _beside_hundredths(structure: Structure) -> bool:
    """Tell whether money in whole numbers stands beside the same a hundred times smaller: "640" beside "€6.40"."""
    money = [name for name in structure.numbers if money_words.kind(name)[0] in (Role.AMOUNT, Role.PRICE)]
    whole = [name for name in money if np.nanmax(np.abs(structure.numbers[name] % 1), initial=0.0) == 0]
    return any(
        agree(structure.numbers[name] / 100, other) >= 0.95
        for name in whole
        for twin, other in structure.numbers.items()
        if twin not in whole
    )


def _signs(table: RawTable, column: Column) -> CentSigns:
    """Count how the whole numbers of a column of money end."""
    text, value = f"trim({column.engine_name})", column.number_sql()
    named = bool(_NAMED.search(spaced(column.summary.name)))
    if column.numbers and column.numbers.affix in _NO_CENTS:
        return CentSigns(column.summary.name, False, 0, 0, 0, 0, 0)
    step = -(-table.rows // LOOKED_AT)
    cells = f"(select {column.engine_name}, count(*) as w from {table.name} where place % {step} = 0 group by 1)"
    decimals = "x <> floor(x) or regexp_matches(t, '[.,][0-9]{1,2}\\D*$')"
    wanted = ("true", decimals, "x >= 100", "x % 100 in (0, 50, 90, 95, 99)", "x % 100 in (90, 95, 99)")
    counts = ", ".join(f"coalesce(sum(w) filter ({which}), 0)" for which in wanted)
    query = f"select {counts} from (select w, {text} as t, {value} as x from {cells}) where x > 0"
    positive, decimal, from_100, ends, odd = map(int, table.connection.execute(query).fetchall()[0])
    return CentSigns(column.summary.name, named, positive - decimal, decimal, from_100, ends, odd)
