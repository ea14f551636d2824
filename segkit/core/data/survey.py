"""What to ask customers where the data are silent: questions, how many people to ask, and the answers recognised again."""

import math
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from segkit.words.terms import Base, CustomerKind, GoalReason, Role

AGREEMENT = ("strongly disagree", "disagree", "neither", "agree", "strongly agree")
"""Answers to a statement, scored 1 to 5."""

RATHER_NOT = "I would rather not say"
FEW_QUESTIONS = 10
"""More questions than this are seldom answered to the end."""


@dataclass(frozen=True)
class Question:
    """One question of the survey.

    ``id`` heads its column in the answers. ``options`` is empty for a statement that one agrees with more or less (1 to 5),
    and for a free answer (``free``), which never reaches a report. ``short`` names the variable in tables and pictures.
    """

    id: str
    text: str
    short: str
    base: Base
    asked_of: tuple[CustomerKind, ...]
    options: tuple[str, ...] = ()
    free: bool = False

    @property
    def role(self) -> Role:
        """What the column of its answers is taken for."""
        if self.free:
            return Role.FREE_TEXT
        return Role.CATEGORY if self.options else Role.NUMBER


_PEOPLE, _FIRMS = (CustomerKind.CONSUMER,), (CustomerKind.BUSINESS,)
_ALL = _PEOPLE + _FIRMS
_MIND, _WHO, _WHERE, _DO, _FIRM = Base.PSYCHOGRAPHIC, Base.DEMOGRAPHIC, Base.GEOGRAPHIC, Base.BEHAVIOURAL, Base.FIRMOGRAPHIC

QUESTIONS = (
    Question("ask_quality", "I would rather pay more for something that lasts.", "Pays more for what lasts", _MIND, _PEOPLE),
    Question("ask_price", "I compare prices before I buy.", "Compares prices", _MIND, _PEOPLE),
    Question("ask_new", "I like to try new things early.", "Tries new things early", _MIND, _PEOPLE),
    Question("ask_local", "It matters to me that what I buy comes from nearby.", "Local origin matters", _MIND, _PEOPLE),
    Question("ask_advice", "I like to be advised before I choose.", "Likes advice", _MIND, _PEOPLE),
    Question("ask_quick", "Buying should cost me as little time as possible.", "Wants to buy quickly", _MIND, _PEOPLE),
    Question("ask_gift", "I often buy for others.", "Buys for others", _MIND, _PEOPLE),
    Question("ask_firm_price", "We choose the supplier with the lowest price.", "Lowest price decides", _MIND, _FIRMS),
    Question("ask_firm_reliable", "Delivery on the day promised matters more to us than the price.", "Reliability before price",
             _MIND, _FIRMS),
    Question("ask_firm_new", "We take up new products before our competitors do.", "Takes up new products", _MIND, _FIRMS),
    Question("ask_firm_advice", "We want one person whom we can call.", "Wants one contact person", _MIND, _FIRMS),
    Question("ask_firm_green", "We look at how a product was made and what becomes of it.", "Looks at origin and waste",
             _MIND, _FIRMS),
    Question("ask_firm_ahead", "We plan our purchases at least a month ahead.", "Plans purchases ahead", _MIND, _FIRMS),
    Question("ask_age", "How old are you?", "Age group", _WHO, _PEOPLE,
             ("under 25", "25 to 34", "35 to 49", "50 to 64", "65 or older", RATHER_NOT)),
    Question("ask_household", "How many people live in your household?", "Household", _WHO, _PEOPLE,
             ("1", "2", "3 or 4", "5 or more", RATHER_NOT)),
    Question("ask_distance", "How far is our shop from where you live?", "Distance to the shop", _WHERE, _PEOPLE,
             ("within 2 km", "2 to 10 km", "10 to 50 km", "more than 50 km")),
    Question("ask_region", "Where do you use what you buy from us?", "Region of use", _WHERE, _FIRMS,
             ("in our town", "in our region", "in the whole country", "abroad too")),
    Question("ask_channel", "Where do you like best to buy from us?", "Preferred way to buy", _DO, _ALL,
             ("in the shop", "in the web shop", "by telephone or e-mail", "from a visiting salesperson")),
    Question("ask_occasion", "What do you mostly buy from us for?", "Main occasion", _DO, _PEOPLE,
             ("for myself", "for my family", "as presents", "for work")),
    Question("ask_news", "How would you like to hear from us?", "Preferred way to be told", _DO, _ALL,
             ("by e-mail", "by post", "by message on the telephone", "not at all")),
    Question("ask_employees", "How many people work in your firm?", "Size of the firm", _FIRM, _FIRMS,
             ("1 to 9", "10 to 49", "50 to 249", "250 or more")),
    Question("ask_decides", "Who decides about purchases such as ours?", "Who decides", _FIRM, _FIRMS,
             ("the owner", "purchasing", "the department that uses it", "someone else")),
    Question("ask_satisfied", "I was satisfied with my last purchase.", "Satisfied with the last purchase", _MIND, _ALL),
    Question("ask_better", "What should we do better?", "What to do better", _MIND, _ALL, free=True),
)  # fmt: skip

_BASES_FOR = {
    GoalReason.FIND_NEW: (_WHO, _WHERE, _FIRM),
    GoalReason.CHANNEL: (_DO,),
    GoalReason.MESSAGE: (_MIND,),
    GoalReason.PRODUCT: (_MIND,),
    GoalReason.PRICE: (_MIND,),
    GoalReason.SERVICE: (_MIND, _DO),
    GoalReason.NICHE: (_MIND, _WHO, _FIRM),
}


def question(question_id: str) -> Question:
    """Return a question by its id."""
    return next(q for q in QUESTIONS if q.id == question_id)


def questions_for(kind: CustomerKind) -> list[Question]:
    """Return what can be asked of consumers or of firms, in the order of the form."""
    return [q for q in QUESTIONS if kind in q.asked_of]


def suggest_questions(kind: CustomerKind, known: Collection[Base], reasons: Iterable[GoalReason]) -> tuple[str, ...]:
    """Suggest what to ask: the bases that the goals need and the data lack first, at most ten questions.

    Parameters
    ----------
    kind : CustomerKind
        Who is asked.
    known : collection of Base
        Bases that the data hold already; they are not asked again.
    reasons : iterable of GoalReason
        The goals.

    Returns
    -------
    tuple of str
        Ids of questions in the order of the form.
    """
    wanted = [base for reason in reasons for base in _BASES_FOR.get(reason, ())] or [_MIND]
    wanted = [base for base in dict.fromkeys(wanted) if base not in known or base is _DO]
    asked = [q for q in questions_for(kind) if q.base in wanted and not q.free and q.id != "ask_satisfied"]
    # Bases take turns, so that a long list of statements does not push the others out.
    place = {q.id: (sum(other.base is q.base for other in asked[:i]), i) for i, q in enumerate(asked)}
    first = {q.id for q in sorted(asked, key=lambda q: place[q.id])[: FEW_QUESTIONS - 2]}
    return tuple(q.id for q in questions_for(kind) if q.id in first or q.id in ("ask_satisfied", "ask_better"))


def answers_needed(customers: int, within: float = 0.05) -> int:
    """Return how many answers a share needs to be known within so much (95 % of the time), by simple random sampling.

    The largest case, a share of one half, with the correction for a small population (Cochran 1977, *Sampling Techniques*).

    >>> answers_needed(10_000_000), answers_needed(400), answers_needed(30)
    (385, 197, 28)
    """
    endless = 1.959964**2 * 0.25 / within**2
    return min(customers, math.ceil(endless / (1 + (endless - 1) / max(customers, 1))))


RESPONSE = 0.2
"""Share of those asked who answer: a cautious guess where nothing is known."""


def people_to_ask(customers: int) -> int:
    """Return how many customers to ask, so that shares are known within five points if one in five answers."""
    return min(customers, math.ceil(answers_needed(customers) / RESPONSE))


def draw_recipients(customer_ids: Iterable[str], *, seed: int) -> list[str]:
    """Draw by lot whom to ask; the same customers and seed give the same list, sorted.

    Parameters
    ----------
    customer_ids : iterable of str
        All customers.
    seed : int
        Of the lot.
    """
    everyone = sorted(customer_ids)
    drawn = np.random.default_rng(seed).choice(len(everyone), size=people_to_ask(len(everyone)), replace=False)
    return [everyone[i] for i in sorted(drawn)]


def _squash(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", " ", text.lower()).strip()


_BY_HEADER: Mapping[str, Question] = {key: q for q in QUESTIONS for key in (_squash(q.id), _squash(q.text), _squash(q.short))}


def asked_by(header: str) -> Question | None:
    """Return the question that a column of answers belongs to: headed by its id, its text, or its short name.

    >>> asked_by("I compare prices before I buy").short
    'Compares prices'
    """
    bare = _squash(header)
    return _BY_HEADER.get(bare) or _BY_HEADER.get(re.sub(r"^(?:q|question)? ?\d+ ", "", bare))
