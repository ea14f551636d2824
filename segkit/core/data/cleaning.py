"""Rules that set rows aside, and the ledger that counts them: kept + set aside = read, always."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import narwhals as nw
import numpy as np

from segkit.words.numbers import count, listed
from segkit.words.terms import CleaningRule

Frame = nw.LazyFrame[Any]
"""A lazy frame of any engine that narwhals drives: DuckDB, pandas, polars, Spark."""

EXAMPLES = 3
"""Row numbers shown for each rule."""


@dataclass(frozen=True)
class RuleCount:
    """What one rule meets.

    ``rows`` counts the rows that meet this rule and none before it; ``money`` is their sum in the file's currency (None where
    unknown). ``applied`` tells whether they were set aside; a rule that is off only counts. ``examples`` are up to three row
    numbers of the file (the header is row 1).
    """

    rule: CleaningRule
    rows: int
    money: float | None
    applied: bool
    examples: tuple[int, ...]


@dataclass(frozen=True)
class Ledger:
    """Every row of the main file: kept, or set aside by exactly one rule."""

    rows_read: int
    rows_kept: int
    counts: tuple[RuleCount, ...]

    def __post_init__(self) -> None:
        """Hold the books to their promise."""
        if self.rows_kept + sum(self.rows_set_aside.values()) != self.rows_read:
            raise AssertionError("the ledger does not add up: kept + set aside must equal read")

    @property
    def rows_set_aside(self) -> dict[CleaningRule, int]:
        """Rows set aside by each applied rule that met any."""
        return {c.rule: c.rows for c in self.counts if c.applied and c.rows}


DEFAULT_OFF = frozenset({CleaningRule.OUTLIER, CleaningRule.DUPLICATE_ROW})
"""Two equal lines on one invoice are plausible, and so is one huge order: such rows are only counted unless a person says
otherwise."""

DEAR = (CleaningRule.OUTLIER, CleaningRule.DUPLICATE_ROW)
"""Rules that look at all lines together, which takes longer than all else."""

OUTLIER_SHARE, OUTLIER_TIMES = 0.01, 100
"""A line is an outlier if it holds more than this share of all money and more than this many times the median line."""

TOTAL_WORDS = (
    "total", "totals", "grand total", "sub total", "subtotal", "sum", "summe", "gesamt", "gesamtsumme", "zwischensumme",
    "insgesamt", "endsumme", "total général", "total general", "totaux", "sous-total", "somme", "totale", "totale generale",
    "somma",    "totaal", "eindtotaal", "suma", "suma total", "soma", "total geral", "overall total", "report total",
)  # fmt: skip
"""Texts that a row of totals has where other rows have a customer or their first cell."""

MONEY_UNIT = 10_000
"""Money is added up in whole ten-thousandths: such sums are exact below 9e11,
so the same in whatever order an engine adds."""

_LARGEST = 1e11
_TEST = (
    r"(?i)^\s*(?:test|dummy|demo)[\s._-]*(?:account|user|customer|client|company|kunden?|konto|firma|order|shop|person|"
    r"bestellung|entry)?[\s._-]*\d*\s*$|"
    r"^\s*test\s*[-–:!*(]|^(?:test|dummy|demo)[._+-]?(?:account|user|customer|kunde)?\d*@|[._+-]test\d*@|@test\."
)
_CREDIT_NOTE = r"^[Cc]\d+$"


def rules_applied(
    rules_off: Collection[CleaningRule] = (), rules_on: Collection[CleaningRule] = ()
) -> tuple[CleaningRule, ...]:
    """Return the rules that set rows aside, in the order in which they are asked."""
    return tuple(rule for rule in CleaningRule if rule not in rules_off and (rule not in DEFAULT_OFF or rule in rules_on))


def says_test(*columns: str) -> nw.Expr:
    """Return an expression that is true where a name or e-mail address says that the account is for testing."""
    tests = [nw.col(column).str.contains(_TEST).fill_null(False) for column in columns]
    return nw.any_horizontal(*tests, ignore_nulls=True) if tests else nw.lit(False)


def with_money(lines: Frame) -> Frame:
    """Add ``money`` in whole ten-thousandths (null where unreadable): the amount, or else quantity times price."""
    columns = set(lines.collect_schema().names())
    if "amount" in columns:
        amount = nw.col("amount")
    elif {"quantity", "price"} <= columns:
        amount = nw.col("quantity") * nw.col("price")
    else:
        return lines
    if "worth" in columns:  # null in the rows of currencies that do not count: they have no sum with the others
        amount = amount * nw.col("worth")
    lines = lines.with_columns(amount_=amount)
    sound = nw.when(nw.col("amount_").abs() < _LARGEST).then(nw.col("amount_"))
    return lines.with_columns(money=(sound * MONEY_UNIT).round(0)).drop("amount_")


def credit_notes_by_letter(lines: Frame) -> bool:
    """Tell whether a "C" before an order number marks a cancellation: where most order numbers are nothing but digits."""
    order = nw.col("order_id")
    counted = lines.select(
        digits=order.str.contains(r"^\d+$").cast(nw.Int64).sum(),
        lettered=order.str.contains(_CREDIT_NOTE).cast(nw.Int64).sum(),
        filled=order.count(),
    ).collect(backend="pandas")
    digits, lettered, filled = counted.row(0)
    return bool(lettered) and bool(digits > 0.5 * filled)


def outlier_bound(lines: Frame) -> tuple[int, float]:
    """Return the money (in whole ten-thousandths) above which a line is an outlier, and the highest money of a line.

    More than 1 % of all positive money and more than 100 times the median of the positive lines: the median and a share are
    robust where means are not, and both must be passed, so that few or equal lines have no outliers.
    """
    amounts = lines.filter(nw.col("money") > 0).group_by("money").agg(nw.len().alias("lines")).sort("money")
    found = amounts.collect(backend="pandas").to_native()
    if found.empty:
        return int(_LARGEST * MONEY_UNIT), 0.0
    # a median of the engine would hold every line in memory; different amounts are far fewer
    upto = found["lines"].cumsum().to_numpy()
    middle = found["money"].to_numpy()[np.searchsorted(upto, ((upto[-1] - 1) // 2, upto[-1] // 2), side="right")].mean()
    bound = int(max(OUTLIER_SHARE * float(found["money"] @ found["lines"]), OUTLIER_TIMES * middle))
    return bound, float(found["money"].iloc[-1])


def conditions(
    lines: Frame, as_of_day: int | None, applied: Collection[CleaningRule] = (), *, keyed: bool = True
) -> dict[CleaningRule, nw.Expr]:
    """Return what each rule asks, for the columns that there are; a rule without its columns is left out.

    The rules in `DEAR` ask nothing unless they are applied: ``keep_books`` counts them afterwards.

    Parameters
    ----------
    lines : narwhals.LazyFrame
        Columns ``row``, ``customer_id`` and, where known, ``test``, ``total``, ``takes_off`` (less money for an order),
        ``again`` (in a later file too), ``day`` (days since 1970-01-01), ``order_id``, ``meaning`` (what its states say:
        "cancelled", "no_sale" or "returned", null for a sale), ``quantity``, ``price``, ``money``, ``row_key`` (null where a
        row has no copy).
    as_of_day : int or None
        The analysis date as days since 1970-01-01.
    applied : collection of CleaningRule
        The rules that set rows aside.
    keyed : bool
        False where the file has no customer column and each row is a customer.
    """
    schema = lines.collect_schema()
    columns = set(schema.names())
    rules: dict[CleaningRule, nw.Expr] = {}
    for name, rule in (("total", CleaningRule.TOTAL_ROW), ("again", CleaningRule.IN_TWO_FILES)):
        if name in columns:
            rules[rule] = nw.col(name)
    if keyed:
        rules[CleaningRule.NO_CUSTOMER] = nw.col("customer_id").is_null()
    if "test" in columns:
        rules[CleaningRule.TEST_ACCOUNT] = nw.col("test")
    if "day" in columns:
        rules[CleaningRule.DATE_UNREADABLE] = nw.col("day").is_null()
        if as_of_day is not None:
            rules[CleaningRule.DATE_AFTER_AS_OF] = (nw.col("day") > as_of_day).fill_null(False)
        rules[CleaningRule.DATE_BEFORE_1970] = (nw.col("day") < 0).fill_null(False)
    if "worth" in columns:
        rules[CleaningRule.OTHER_CURRENCY] = nw.col("worth").is_null()
    cancelled = []
    if "order_id" in columns and schema["order_id"] == nw.String and credit_notes_by_letter(lines):
        cancelled.append(nw.col("order_id").str.contains(_CREDIT_NOTE).fill_null(False))
    if "meaning" in columns:
        cancelled.append(_means("cancelled"))
        rules[CleaningRule.NOT_A_SALE] = _means("no_sale")
    if cancelled:
        rules[CleaningRule.CANCELLED] = nw.any_horizontal(*cancelled, ignore_nulls=True)
    back = [(nw.col(name) < 0).fill_null(False) for name in ("quantity", "money") if name in columns]
    if "meaning" in columns:
        back.append(_means("returned"))
    no_line = nw.col("takes_off") if "takes_off" in columns else nw.lit(False)
    if back:
        rules[CleaningRule.RETURNED] = nw.any_horizontal(*back, ignore_nulls=True) & ~no_line
    if "price" in columns:
        rules[CleaningRule.PRICE_NOT_POSITIVE] = (nw.col("price") <= 0).fill_null(False) & ~no_line
    if "money" in columns:
        rules[CleaningRule.AMOUNT_UNREADABLE] = nw.col("money").is_null()
        rules[CleaningRule.OUTLIER] = _outlier(lines) if CleaningRule.OUTLIER in applied else nw.lit(False)
    if "row_key" in columns:
        first = nw.col("row").min().over("row_key")
        rules[CleaningRule.DUPLICATE_ROW] = ~nw.col("row_key").is_null() & (nw.col("row") != first)
    return rules


def _means(what: str) -> nw.Expr:
    """Return an expression that is true where the states of a line say this."""
    return (nw.col("meaning") == what).fill_null(False)


def _outlier(lines: Frame) -> nw.Expr:
    return (nw.col("money") > outlier_bound(lines)[0]).fill_null(False)


def sort_out(lines: Frame, rules: Mapping[CleaningRule, nw.Expr], applied: Collection[CleaningRule]) -> Frame:
    """Add ``rule``, the first applied rule that a row meets, and ``met``, the first rule that is off and that a kept row meets.

    A row whose ``rule`` is null is kept. The rules in `DEAR` are asked only where they are applied; ``keep_books`` counts them
    otherwise.
    """
    none = nw.lit(None, dtype=nw.String)

    def first(chosen: Sequence[CleaningRule]) -> nw.Expr:
        if not chosen:
            return none
        met = none
        for rule in reversed(chosen):
            met = nw.when(rules[rule]).then(nw.lit(rule.value)).otherwise(met)
        # nearly all rows meet none: only of the others an engine then asks which
        return nw.when(nw.any_horizontal(*(rules[rule] for rule in chosen), ignore_nulls=True)).then(met).otherwise(none)

    on = [rule for rule in CleaningRule if rule in rules and rule in applied]
    off = [rule for rule in CleaningRule if rule in rules and rule not in applied and rule not in DEAR]
    marked = lines.with_columns(rule=first(on))
    return marked.with_columns(met=nw.when(nw.col("rule").is_null()).then(first(off)))


def kept(marked: Frame) -> Frame:
    """Return the rows that no rule set aside."""
    return marked.filter(nw.col("rule").is_null())


def keep_books(marked: Frame, rules: Mapping[CleaningRule, nw.Expr], applied: Collection[CleaningRule]) -> Ledger:
    """Count the rows of ``sort_out`` by rule, with their money and examples."""
    has_money = "money" in marked.collect_schema().names()
    sums = [nw.len().alias("rows")] + ([nw.col("money").sum().alias("money")] if has_money else [])
    counted = marked.group_by("rule", "met").agg(*sums).collect(backend="pandas").to_native()
    shown = _examples(marked) if counted["rule"].notna().any() or counted["met"].notna().any() else {}
    counts = []
    for rule in (rule for rule in CleaningRule if rule in rules):
        if rule in DEAR and rule not in applied:
            counts.append(_outliers(marked) if rule is CleaningRule.OUTLIER else _copies(kept(marked), has_money))
            continue
        mine = counted[counted["rule" if rule in applied else "met"] == rule.value]
        money = float(mine["money"].sum()) / MONEY_UNIT if has_money and rule is not CleaningRule.OTHER_CURRENCY else None
        counts.append(RuleCount(rule, int(mine["rows"].sum()), money, rule in applied, shown.get(rule.value, ())))
    read, left = int(counted["rows"].sum()), int(counted.loc[counted["rule"].isna(), "rows"].sum())
    return Ledger(read, left, tuple(counts))


def _examples(marked: Frame) -> dict[str, tuple[int, ...]]:
    """Return the first rows that met each rule."""
    tagged = marked.with_columns(tag=nw.coalesce("rule", "met")).filter(~nw.col("tag").is_null())
    first = tagged.with_columns(rank=nw.col("row").rank("ordinal").over("tag")).filter(nw.col("rank") <= EXAMPLES)
    shown = first.select("tag", "row").collect(backend="pandas").to_native().groupby("tag")["row"]
    return {str(tag): tuple(sorted(map(int, rows))) for tag, rows in shown}


def nobody_left(file_name: str, ledger: Ledger) -> tuple[str, str]:
    """Say that every row of a file was set aside, by which rules, and how to mend it."""
    met = listed([f"{rule.label}: {count(rows)}" for rule, rows in ledger.rows_set_aside.items()])
    return (
        f"{file_name}: all {count(ledger.rows_read, 'row')} are set aside ({met}), so no customer is left.",
        "Switch a rule off, choose another column for what it looks at, or say which order statuses count as sales.",
    )


def _outliers(marked: Frame) -> RuleCount:
    """Count the outliers among the kept rows, without setting them aside."""
    bound, most = outlier_bound(marked)
    if most <= bound:
        return RuleCount(CleaningRule.OUTLIER, 0, 0.0, False, ())
    met = kept(marked).filter(nw.col("met").is_null(), nw.col("money") > bound)
    # each has more than 1 % of all money, so they are few
    found = met.select("row", "money").sort("row").collect(backend="pandas").to_native()
    money = float(found["money"].sum()) / MONEY_UNIT
    return RuleCount(CleaningRule.OUTLIER, len(found), money, False, tuple(map(int, found["row"].head(EXAMPLES))))


def _copies(lines: Frame, has_money: bool) -> RuleCount:
    """Count the exact copies among the kept rows, without setting them aside."""
    sums = [nw.len().alias("copies"), nw.col("row").max().alias("row")]
    if has_money:
        sums += [nw.col("money").sum().alias("money"), nw.col("money").min().alias("once")]
    copied = lines.filter(~nw.col("row_key").is_null())
    groups = copied.group_by("row_key").agg(*sums).filter(nw.col("copies") > 1).with_columns(copies=nw.col("copies") - 1)
    if has_money:
        groups = groups.with_columns(money=nw.col("money") - nw.col("once"))
    totals = [nw.col("copies").sum()] + ([nw.col("money").sum()] if has_money else [])
    found = groups.select(*totals).collect(backend="pandas").to_native().iloc[0]
    if found["copies"] != found["copies"]:
        return RuleCount(CleaningRule.DUPLICATE_ROW, 0, 0.0 if has_money else None, False, ())
    first = groups.sort("row").head(EXAMPLES).select("row").collect(backend="pandas").to_native()["row"]
    money = float(found["money"]) / MONEY_UNIT if has_money else None
    return RuleCount(CleaningRule.DUPLICATE_ROW, int(found["copies"]), money, False, tuple(map(int, first)))
