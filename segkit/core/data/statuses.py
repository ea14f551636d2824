"""What the states of orders, kinds of documents and events of shops say: a sale, no sale, or a return."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from segkit.core.data.state_words import (
    DELIVERED,
    DELIVERY_NAME,
    DELIVERY_NOTE,
    DRAFT,
    EVENT,
    FALSE,
    HOLD,
    INVOICE,
    KIND_NAME,
    MONEY_TALK,
    NAMED_STATES,
    NO_GOODS,
    NOT_A_STATE,
    PARTLY_BACK,
    PAYMENT,
    RULES,
    STATE_NAME,
    TIP,
    TRUE,
    UNPAID,
    WON,
    plain,
)
from segkit.words.spelling import spaced
from segkit.words.terms import SaleMeaning

MOST_STATES = 40
"""A column with more different values than this holds no states."""

MOSTLY = 0.9
"""Share of rows from which a date of payment is taken to be always there; one minus it, never."""

_KNOWN = 0.6
"""Share of rows whose words must be known before a column without a telling name is taken for states."""

SALE, NO_SALE, RETURNED = SaleMeaning.SALE, SaleMeaning.NO_SALE, SaleMeaning.RETURNED


@dataclass(frozen=True)
class Meaning:
    """What one state says.

    ``sure`` is False where the words or the other evidence leave a doubt; ``cancelled`` tells that it is no sale because
    somebody called the order off.
    """

    meaning: SaleMeaning
    sure: bool = True
    cancelled: bool = False


@dataclass(frozen=True)
class Level:
    """What was counted of one state: rows, money, and rows with a date of payment (None where the file has no such column)."""

    rows: int
    money: float | None = None
    paid: int | None = None


def meaning_of(text: str, name: str = "") -> tuple[SaleMeaning | None, bool]:
    """Return what a state says (None where its words are not known), and whether that is sure.

    Parameters
    ----------
    text : str
        The state as written, in any spelling: "wc-on-hold", "Teilweise erstattet".
    name : str, optional
        Its column: "pending" means something else of a delivery than of a payment, and "yes" something only with "Returned".

    Examples
    --------
    >>> meaning_of("Shipped - Returned to Seller")
    (<SaleMeaning.RETURNED: 'returned'>, True)
    >>> meaning_of("noch nicht bezahlt")
    (<SaleMeaning.NO_SALE: 'no_sale'>, True)
    """
    found = _said(text, name)
    return (found.meaning, found.sure) if found else (None, False)


_SIGN_NAME = re.compile(
    r"\bsoll haben\b|\bdebit credit\b|\bdr cr\b|\bd c\b|\bs h\b|vorzeichen|\bsign\b|debe haber|debit ou credit|dare avere"
)
"""Columns of the books that say of each amount on which side it stands."""

_SIGNS = {word: SaleMeaning.SALE for word in ("s", "soll", "d", "dr", "debit", "+", "debe", "dare")} | {
    word: SaleMeaning.RETURNED for word in ("h", "haben", "c", "cr", "credit", "-", "haber", "avere")
}


def _said(text: str, name: str) -> Meaning | None:
    words, column = plain(text), re.sub(r"^(is|was|has|been|ist|wurde) ", "", spaced(name))
    if _SIGN_NAME.search(column) and (sign := _SIGNS.get(text.strip().lower())):
        return Meaning(sign, True, False)
    if re.search(NAMED_STATES, plain(column)) and (words in TRUE or words in FALSE):
        words = plain(column) if words in TRUE else plain(f"not {column}")
    elif re.search(DELIVERY_NAME, column):
        words = f"delivery {words}"
    found = next((rule for rule in RULES if re.search(rule.pattern, words)), None)
    return Meaning(found.meaning, found.sure, found.cancelled) if found else None


def says_no(text: str) -> bool:
    """Tell whether a cell says no, as beside "Returned" or "Cancelled"."""
    return plain(text) in FALSE


def says_partly_back(text: str) -> bool:
    """Tell whether a state says that a part of the money was given back."""
    return bool(re.search(PARTLY_BACK, plain(text)))


def looks_like_states(levels: Mapping[str, int], name: str = "") -> bool:
    """Tell whether a column holds states, kinds of documents or events of which some are no sales.

    Parameters
    ----------
    levels : mapping of str to int
        Rows of each different value.
    name : str, optional
        The column's name.
    """
    filled = sum(levels.values())
    if not 0 < len(levels) <= MOST_STATES or re.search(NOT_A_STATE, spaced(name)):
        return False
    said = {level: _said(level, name) for level in levels}
    known = sum(levels[level] for level, meaning in said.items() if meaning)
    telling = [level for level, meaning in said.items() if meaning and meaning.meaning is not SALE and meaning.sure]
    if len(levels) == 1:
        return bool(telling) and is_named_for_states(name)
    told = any(meaning and meaning.meaning is SALE for meaning in said.values())
    clear = [level for level in telling if not re.search(NO_GOODS, plain(level)) or re.search(TIP, plain(level))]
    if re.search(STATE_NAME, spaced(name)) or (
        re.search(KIND_NAME, spaced(name)) and any(re.search(TIP, plain(one)) for one in clear)
    ):  # what the other states say is asked then
        return bool(clear)
    return known >= _KNOWN * filled and bool(clear) and (told or is_named_for_states(name))


def is_named_for_states(name: str) -> bool:
    """Tell whether a column's name announces states: "Order Status", "deal stage", "event_type", "Returned"."""
    words = spaced(name)
    return bool(re.search(STATE_NAME, words) or re.search(NAMED_STATES, plain(words))) and not re.search(NOT_A_STATE, words)


def meanings(
    levels: Mapping[str, Level],
    name: str = "",
    known: Mapping[str, SaleMeaning] | None = None,
    *,
    blank: bool = False,
) -> dict[str, Meaning]:
    """Judge the states of one column together: what one word says depends on the others.

    Parameters
    ----------
    levels : mapping of str to Level
        What was counted of each state.
    name : str, optional
        The column's name.
    known : mapping of str to SaleMeaning, optional
        What a known system means by its states, whatever their words say.
    blank : bool, optional
        Whether some rows have no state: what is only said of some is the exception, and the others are sales.

    Returns
    -------
    dict of str to Meaning
        One for each state, in the order of ``levels``. Where nothing is left that could be a sale, the states are taken for
        sales and none is sure: a file of nothing but quotes is a question, not an empty result.
    """
    by_word = {level: _said(level, name) for level in levels}
    judged = {level: _among(level, said, levels, by_word, name) for level, said in by_word.items()}
    system = {state.strip().casefold(): meaning for state, meaning in (known or {}).items()}
    told = {
        level: Meaning(system[key], True, _cancels(level)) for level in levels if (key := level.strip().casefold()) in system
    }
    judged |= told
    if judged and not blank and not any(meaning.meaning is SALE for meaning in judged.values()) and not told:
        kept = [level for level, meaning in judged.items() if not meaning.cancelled and meaning.meaning is NO_SALE] or list(
            judged
        )
        judged |= {level: Meaning(SALE, sure=False) for level in kept}
    return judged


def _cancels(level: str) -> bool:
    said = _said(level, "")
    return bool(said and said.cancelled)


def _among(
    level: str, said: Meaning | None, levels: Mapping[str, Level], by_word: Mapping[str, Meaning | None], name: str
) -> Meaning:
    """Weigh what a state's words say with the other states of its column, its money and its dates of payment."""
    words = {other: plain(other) for other in levels}
    own = words[level]
    if any(re.search(WON, text) for text in words.values()):  # stages of deals: only what is won is sold
        won = SALE if re.search(WON, own) else NO_SALE
        return said if said and (said.cancelled or said.meaning is RETURNED) else Meaning(won)
    sold = [other for other, meaning in by_word.items() if meaning and meaning.meaning is SALE and meaning.sure]
    if sold and any(re.search(EVENT, text) for text in words.values()) and said is None:
        return Meaning(NO_SALE)  # an event that nobody named a purchase
    documents = [text for text in words.values() if re.search(INVOICE, text) and not re.search(PAYMENT, text)]
    if documents and re.search(PAYMENT, own) and said and said.meaning is SALE:
        return Meaning(NO_SALE)  # the invoice is the sale, what is paid for it is not a second one
    if documents and re.search(DELIVERY_NOTE, own):
        return Meaning(NO_SALE)  # what went out with it is on an invoice too
    written = any(re.search(DRAFT, text) for text in words.values())
    if written and re.search(UNPAID, own) and said and said.meaning is NO_SALE and not said.cancelled:
        return replace(said, sure=False)  # an invoice that was sent is a sale to some, before it is paid
    if re.search(HOLD, own) and said and said.meaning is NO_SALE and _of_deliveries(words.values(), name):
        return Meaning(SALE, sure=False)
    if said and said.sure:
        return said
    return _by_evidence(level, said or Meaning(SALE, sure=False), levels, sold)


def _of_deliveries(words: Iterable[str], name: str) -> bool:
    """Tell whether the states of a column speak of deliveries alone, and not of money that came or failed to come."""
    texts = [*words, spaced(name)]
    return any(re.search(DELIVERED, text) for text in texts) and not any(re.search(MONEY_TALK, text) for text in texts)


def _by_evidence(level: str, said: Meaning, levels: Mapping[str, Level], sold: Sequence[str]) -> Meaning:
    """Let dates of payment decide where they follow the states, and money where there is none."""
    mine = levels[level]
    others = [levels[other] for other in sold]
    paid, rows = sum(other.paid or 0 for other in others), sum(other.rows for other in others)
    if mine.paid is not None and rows and paid >= MOSTLY * rows:
        if mine.paid >= MOSTLY * mine.rows:
            return Meaning(SALE)
        if mine.paid <= (1 - MOSTLY) * mine.rows:
            return replace(said, meaning=NO_SALE, sure=True) if said.meaning is SALE else replace(said, sure=True)
    earned = any(other.money for other in others)
    if mine.money is not None and earned and mine.money <= 0 and said.meaning is SALE:
        return Meaning(NO_SALE if mine.money == 0 else RETURNED, sure=False)
    return said
