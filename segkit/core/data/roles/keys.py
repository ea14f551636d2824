"""The columns that hold a file together, judged together: customer, order, date."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from segkit.core.data.roles import lexicon
from segkit.core.data.roles import single_words as words
from segkit.core.data.roles.columns import GUESSED, ColumnSummary
from segkit.core.data.roles.full_names import is_full_name
from segkit.core.data.roles.key_dates import Found, as_date, says_of_a_person
from segkit.core.data.roles.structure import Structure
from segkit.words.numbers import percent
from segkit.words.terms import Base, FileKind, Role

_TIME = re.compile(r"\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?( ?[AaPp]\.?[Mm]\.?)?|\d{1,2}h\d{2}")
_SHIPPED_TO = re.compile(
    r"\bship|deliver|liefer|versand|recipient|empfanger|destin|livraison|consegna|entrega|envio|end ?user|vendor|supplier"
)
_STAFF = re.compile(
    r"\b(owner|agent|sales ?(rep|person|man|agent)|rep|staff|cashier|employee|mitarbeiter\w*|verkaufer\w*|"
    r"kassierer\w*|bediener|"
    r"kellner\w*|waiter|waitress|server|operator|assigned|created by|handled|therapist|stylist|trainer|teacher|"
    r"driver|vendeur|"
    r"serveur|vendedor|camarero|venditore|commesso|verkoper|medewerker|kassa|register|till|terminal|table|tisch)\b"
)
_OWNER = re.compile(
    r"^(?!(deal|contact|account|lead|record|opportunity|company|task|ticket|sales|case) )(\w+ )?owner$|"
    r"\bhalter(in)?$|\bbesitzer(in)?$|\bproprietaire$|\bproprietari[oa]$|\beigenaar$"
)
_OTHERS = (Role.QUANTITY, Role.PRICE, Role.AMOUNT, Role.MARGIN, Role.PRODUCT, Role.STATUS, Role.CHANNEL)

EMAIL = 0.72
"""Confidence of a column of e-mail addresses as the customer: above a contact's name, below a number or a firm's name."""


@dataclass(frozen=True)
class Keys:
    """The columns that hold a file together, and the columns that would do for the customer almost as well."""

    found: dict[Role, Found]
    rivals: tuple[Found, ...] = ()
    restarts: bool = False
    """Whether the numbers of orders begin anew each day, till or customer, and need these to tell orders apart."""


def find_keys(
    free: Sequence[ColumnSummary], kind: FileKind, taken: dict[Role, str], structure: Structure | None = None
) -> Keys:
    """Find the columns that hold a file together: customer, order, date.

    Parameters
    ----------
    free : sequence of ColumnSummary
        Columns that nobody has taken for anything yet.
    kind : FileKind
        What the file is for.
    taken : dict of Role to str
        Columns that are taken for something already.
    structure : Structure, optional
        What the rows show; without it names and content decide alone.
    """
    keys: dict[Role, Found] = {}
    if Role.DATE not in taken:
        dates = [entry for summary in free if (entry := _as_key(summary, Role.DATE, kind))]
        if dates:
            keys[Role.DATE] = max(dates, key=lambda entry: entry[1])
    used = {found[0].name for found in keys.values()}
    rest = [summary for summary in free if summary.name not in used and not _is_staff(summary)]
    date = keys[Role.DATE][0].name if Role.DATE in keys else taken.get(Role.DATE)
    orders = (
        [e for s in rest if (e := _as_key(s, Role.ORDER, kind))] if kind is FileKind.ORDERS and Role.ORDER not in taken else []
    )
    dated = kind is FileKind.ORDERS and date is not None and not says_of_a_person(date)
    customers = [] if Role.CUSTOMER in taken else [e for s in rest if (e := _as_key(s, Role.CUSTOMER, kind, dated))]
    if Role.EMAIL in taken:  # who is only named more loosely is told apart by address
        customers = [entry for entry in customers if entry[1] >= EMAIL]
    elif Role.CUSTOMER not in taken and (not customers or max(c[1] for c in customers) < GUESSED):
        named = {entry[0].name for entry in (*customers, *(o for o in orders if o[1] >= 0.7))}
        papers = [entry[0].name for entry in orders]
        customers += _by_content([s for s in rest if s.name not in named], kind, date, structure, papers)
    if Role.CUSTOMER not in taken and not customers:  # the owner of a dog buys, where a file names nobody else
        owners = [s for s in free if _OWNER.search(lexicon.spaced(s.name)) and 1 < s.distinct < s.rows and not s.numbers]
        customers = [(s, 0.4, "the only people named, but they may be your staff") for s in owners]
    best = _best_pair(customers, orders, structure, date, taken)
    keys |= best.found
    wanted = kind is FileKind.ORDERS and not {*keys, *taken} & {Role.ORDER} and structure is not None
    who = keys[Role.CUSTOMER][0].name if Role.CUSTOMER in keys else taken.get(Role.CUSTOMER)
    if wanted and structure and who and date and (paper := _order_by_structure(rest, structure, who, date)):
        keys[Role.ORDER] = paper
    return Keys(keys, best.rivals, best.restarts)


def _best_pair(
    customers: Sequence[Found], orders: Sequence[Found], structure: Structure | None, date: str | None, taken: dict[Role, str]
) -> Keys:
    """Choose customer and order together: an order has one customer, unless its number begins anew each day or till."""
    given_order, given_customer = taken.get(Role.ORDER), taken.get(Role.CUSTOMER)
    best: tuple[float, Keys] = (-1.0, Keys({}))
    scores: dict[str, float] = {}
    for customer in [*customers, None]:
        for order in [*orders, None]:
            if (customer is None and customers) or (customer and order and customer[0].name == order[0].name):
                continue
            if customer and order and _counts_orders(order[0], customer[0]):
                continue
            who = customer[0].name if customer else given_customer
            paper = order[0].name if order else given_order
            fit, restarts = _fit(structure, who, paper, date)
            # of two numbers the one that comes again: an order has several lines
            coarser = -order[0].distinct * 1e-9 if order else 0.0
            if order and order[0].distinct == order[0].rows and _comes_again(orders, structure, who):
                coarser -= 0.15
            score = (customer[1] if customer else 0.0) + (0.5 * order[1] if order else 0.0) + fit + coarser
            if customer:
                scores[who or ""] = max(scores.get(who or "", -1.0), score)
            if score > best[0]:
                found = {role: entry for role, entry in ((Role.CUSTOMER, customer), (Role.ORDER, order)) if entry}
                best = (score, Keys(found, (), restarts))
    chosen = best[1].found.get(Role.CUSTOMER)
    if chosen is None:
        return best[1]
    near = [c for c in customers if c is not chosen and scores.get(c[0].name, -1.0) >= best[0] - 0.12]
    apart = [c for c in near if structure is None or not structure.same_parts(c[0].name, chosen[0].name)]
    return Keys(best[1].found, tuple(apart) if structure is not None else (), best[1].restarts)


def _comes_again(orders: Sequence[Found], structure: Structure | None, customer: str | None) -> bool:
    """Tell whether another number of an order comes again in the rows, each time with one customer: payments of an order do."""
    return any(
        structure is not None
        and customer is not None
        and entry[0].name != customer
        and entry[0].distinct <= 0.8 * entry[0].filled
        and (structure.depends(customer, entry[0].name) or 0.0) >= 0.9
        for entry in orders
    )


def _fit(structure: Structure | None, customer: str | None, order: str | None, date: str | None) -> tuple[float, bool]:
    """Weigh whether orders have one customer each, and tell whether their numbers begin anew."""
    if structure is None or customer is None or order is None:
        return 0.0, False
    holds = structure.depends(customer, order)
    if holds is None:
        return 0.0, False
    if holds >= 0.9:
        return 0.05, False
    if date is not None:
        by_day = structure.depends(customer, order, date)
        if by_day is None or by_day >= 0.95 or _one_by_till(structure, customer, order, date):
            return -0.1, True
        if by_day < 0.2:
            return -0.6, False
    return -0.35 * (1 - holds) - 0.1, True


MOST_TILLS = 20
"""A column that tells tills, branches or devices apart has no more values than this."""


def _one_by_till(structure: Structure, customer: str, order: str, date: str) -> bool:
    """Tell whether an order has one customer once another column of few values, such as the till, is added to its number."""
    few = [name for name, codes in structure.codes.items() if 0 < codes.max(initial=0) < MOST_TILLS]
    others = [name for name in few if name not in (customer, order, *structure.days)]
    return any((structure.depends(customer, order, date, name) or 0.0) >= 0.95 for name in others)


def _counts_orders(order: ColumnSummary, customer: ColumnSummary) -> bool:
    """Tell whether a column tells how many orders a customer placed, and not which: fewer different ones than customers."""
    return customer.distinct == customer.rows and order.numbers > 0.5 * order.filled and order.distinct < 0.5 * order.filled


def _is_staff(summary: ColumnSummary) -> bool:
    """Tell whether a column's name speaks of who sold, not of who bought."""
    return bool(_STAFF.search(lexicon.spaced(summary.name)))


def _as_key(summary: ColumnSummary, role: Role, kind: FileKind, dated: bool = False) -> Found | None:
    """Weigh a column as customer, order or date; None where it cannot be."""
    if not summary.filled:
        return None
    named = dict(reversed(lexicon.named_role(summary.name)))
    if role is Role.DATE:
        return as_date(summary, named, kind)
    if summary.dates > 0.5 * summary.filled or (role is Role.ORDER and summary.distinct < 2) or _is_time(summary):
        return None
    found = _as_customer(summary, named, kind, dated) if role is Role.CUSTOMER else _as_order(summary, named)
    if found is None or summary.filled >= 0.5 * summary.rows:
        return found
    share = summary.filled / summary.rows
    return summary, found[1] * (0.4 + share), f"{found[2]}, though it is filled in for only {percent(share, 0)} of the rows"


def _as_customer(summary: ColumnSummary, named: dict[Role, float], kind: FileKind, dated: bool) -> Found | None:
    if is_full_name(summary.name):
        return summary, 0.6, "first and last name together"
    emails = kind is not FileKind.SURVEY and lexicon.personal_by_content(summary.examples) == "e-mail addresses"
    shipped = _SHIPPED_TO.search(lexicon.spaced(summary.name)) is not None
    sure = named.get(Role.CUSTOMER, 0.0) >= EMAIL and not lexicon.squash(summary.name).startswith(("account", "konto"))
    if kind is FileKind.ORDERS and summary.distinct <= 1 and summary.rows > 5 and not sure:
        return None  # the same in every row tells nobody apart
    loose = kind is FileKind.CUSTOMERS or named.get(Role.CUSTOMER, 0.0) < EMAIL  # for a number the address stands in
    part = summary.filled / summary.rows if loose else 1.0
    if Role.CUSTOMER in named:
        few = kind is FileKind.ORDERS and summary.distinct <= 10 and summary.rows >= 10 * summary.distinct
        confidence = named[Role.CUSTOMER] * (0.5 if few or shipped else 1) * part
        why = f", though it has only {summary.distinct} different values" if few else ""
        return (
            summary,
            max(confidence, EMAIL * part if emails else 0),
            (f"the column name suggests “{Role.CUSTOMER.label.lower()}”{why}"),
        )
    if emails:
        return summary, (EMAIL - (0.3 if shipped else 0)) * part, "e-mail addresses, one for each customer"
    if summary.distinct > 20 and words.worded_role(summary.name) is Role.CUSTOMER and _numbered(summary):
        return summary, 0.5 if shipped else 0.92, f"words in the column name suggest “{Role.CUSTOMER.label.lower()}”"
    if not shipped and words.names_somebody(summary.name) and not summary.numbers and summary.distinct > 1:
        return summary, 0.64 * part, "a word in the column name suggests who buys"
    if words.names_a_card(summary.name) and summary.distinct > 1 and all(text.isalnum() for text in summary.examples):
        return summary, 0.64, "the column name suggests a customer card"
    unique = summary.distinct == summary.rows
    if not dated and unique and lexicon.squash(summary.name) in ("id", "userid", "uid", "respondentid", "no", "nr"):
        return summary, 0.5 if kind is FileKind.ORDERS else 0.8, "a different number in each row"
    return None


def _order_by_structure(rest: Sequence[ColumnSummary], structure: Structure, customer: str, date: str) -> Found | None:
    """Find the number of the order where no name tells it: it comes again, each time with one customer and one day."""
    for summary in rest:
        if summary.name == customer or not _numbered(summary) or summary.filled < summary.rows or _says_other(summary):
            continue
        several = structure.groups(summary.name).several
        one = structure.holds(customer, summary.name) and structure.holds(date, summary.name)
        back = structure.holds(summary.name, customer, date)
        if several >= 3 and one and summary.distinct > 0.1 * summary.rows and back is not None:
            return summary, 0.6, "recurs, each time with one customer and one day, as order numbers do"
    return None


def _as_order(summary: ColumnSummary, named: dict[Role, float]) -> Found | None:
    if Role.ORDER in named:
        return summary, named[Role.ORDER], f"the column name suggests “{Role.ORDER.label.lower()}”"
    if summary.distinct > 20 and words.worded_role(summary.name) is Role.ORDER and _numbered(summary):
        return summary, 0.7, f"words in the column name suggest “{Role.ORDER.label.lower()}”"
    paper = words.is_a_document(summary.name)  # whose numbers may begin anew each day, so that there are few
    if (paper or (summary.distinct > 20 and lexicon.names_in_numbers(summary.name))) and _numbered(summary):
        return summary, 0.6, "numbers like those on documents, under a general name"
    return None


def _is_time(summary: ColumnSummary) -> bool:
    """Tell whether the cells are times of a day."""
    return bool(summary.examples) and all(_TIME.fullmatch(text) for text in summary.examples)


def _numbered(summary: ColumnSummary) -> bool:
    """Tell whether the cells look like numbers of documents: one word with digits in it."""
    return all(re.fullmatch(r"(\S+ )?\S*\d\S*", text) and not re.search(r"\d[.,]\d", text) for text in summary.examples)


def _by_content(
    rest: Sequence[ColumnSummary], kind: FileKind, date: str | None, structure: Structure | None, papers: Sequence[str]
) -> list[Found]:
    """Guess the customer where no name tells: identifiers that come again (orders) or never do (one row each).

    An order has one customer and may have several articles; and who comes again comes on another day, as a document never
    does.
    """
    by_order = date is not None and kind in (FileKind.ORDERS, FileKind.CONTACTS)
    able = [s for s in rest if s.examples and s.filled == s.rows and not _is_no_id(s)]
    one_day = {s.name for s in able if structure and date and structure.holds(date, s.name)}
    found: list[Found] = []
    for summary in able:
        if lexicon.named_base(summary.name) is Base.DEMOGRAPHIC:
            continue
        if (by_order and words.names_a_document(summary.name)) or _says_other(summary):
            continue
        one_each = [structure.holds(summary.name, paper) for paper in {*papers, *one_day} - {summary.name} if structure]
        if False in one_each:
            continue
        few = 4.0 if True in one_each else min(20.0, 0.2 * summary.rows)
        if by_order and summary.distinct > max(few, 0.01 * summary.rows) and summary.distinct < 0.95 * summary.rows:
            padded = all(len(text) == len(summary.examples[0]) for text in summary.examples)
            confidence = (GUESSED if padded else 0.4) - (0.15 if summary.name in one_day else 0.0)
            found.append((summary, confidence, "an identifier whose values recur, as customers do"))
        if not by_order and summary.distinct == summary.rows and summary is rest[0]:
            return [(summary, 0.5, "the first column, and different in every row")]
    return found


def _is_no_id(summary: ColumnSummary) -> bool:
    """Tell whether the cells are dates or numbers with decimals."""
    return summary.dates > 0.5 * summary.filled or any("." in text or "," in text for text in summary.examples)


def _says_other(summary: ColumnSummary) -> bool:
    """Tell whether a column's name, or its content, says that it is something else than whoever buys."""
    name = summary.name
    roles = {role for role, _ in lexicon.named_role(name)} | {words.worded_role(name)}
    return bool(roles & set(_OTHERS)) or lexicon.named_base(name) is Base.GEOGRAPHIC or _is_time(summary)
