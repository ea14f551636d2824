"""Whom the files say that a business sells to, where its answer in notebook 1 says otherwise."""

from segkit.core.data.market import Market
from segkit.words.errors import SegkitError
from segkit.words.terms import CustomerKind
from segkit.workbook.session import Session

SHORT = {CustomerKind.BUSINESS: "firms", CustomerKind.CONSUMER: "consumers"}


def contradiction(session: Session) -> Market | None:
    """Return what speaks against the answer whom the business sells to; None where nothing does, or a person stands by it."""
    business = session.goals.business
    if session.sample or business.kind_stands:
        return None
    try:
        market = session.results.data.customer_data.market
    except SegkitError:  # said where the data are shown
        return None
    return market if market.kind not in (None, business.kind) else None


def in_words(session: Session, market: Market) -> str:
    """Say whom the files show, by what, and what the answer is."""
    assert market.kind is not None
    now = SHORT[session.goals.business.kind]
    return f"This looks like {SHORT[market.kind]}: {market.why}. But your answer to “You sell to” in notebook 1 is {now}."
