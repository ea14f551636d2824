"""Draws the contact history: how a business and its customers got in touch."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from segkit.samples.business import Drawn, Plan
from segkit.samples.dice import Dice
from segkit.samples.habits import BASELINE_DAYS, FIRST_DATE, date_of
from segkit.samples.tables import DAY, Column


@dataclass(frozen=True)
class Contacts:
    """How customers of a planted segment and the business get in touch.

    Attributes
    ----------
    means : Mapping[str, Mapping[str, float]]
        Segment → channel → mean number of contacts in two years.
    inbound : Mapping[str, float]
        Channel → share of contacts that the customer began.
    topics : Mapping[str, Mapping[str, float]]
        Who began → topic → weight.
    reacts : Mapping[str, Mapping[str, float]]
        Segment → channel → chance that a contact from the business is answered; 0.3 where a channel is not named.
    answers : Mapping[str, float]
        Kind of answer → weight.
    topic_first : bool
        Whether the topic is drawn before the answer: the order of draws decides what is drawn.
    months : tuple of float
        How busy each month is, up to 2; empty where all are alike.
    closed : tuple of int
        Weekdays (Monday is 0) without contacts on any channel.
    """

    means: Mapping[str, Mapping[str, float]]
    inbound: Mapping[str, float]
    topics: Mapping[str, Mapping[str, float]]
    reacts: Mapping[str, Mapping[str, float]]
    answers: Mapping[str, float]
    topic_first: bool
    months: tuple[float, ...] = ()
    closed: tuple[int, ...] = ()

    def columns(self, who: str, customer_id: str) -> tuple[Column, ...]:
        """Return the columns of the file, for customers who are called ``who`` and have ids of that form."""
        channels = dict.fromkeys(channel for means in self.means.values() for channel in means)
        topics = "; ".join(", ".join(topics) for topics in self.topics.values())
        return (
            Column("customer_id", f"The {who}'s id.", customer_id),
            Column("contact_date", "Day of the contact.", DAY),
            Column("channel", "How they were in touch.", ", ".join(channels)),
            Column("direction", "Who began.", ", ".join(self.topics)),
            Column("topic", "What it was about.", topics),
            Column("response", "What came of it, if it came from us.", "none, reply, order; empty: from the customer"),
        )


def contact_rows(plan: Plan, contacts: Contacts, drawn: Drawn) -> list[tuple[str, ...]]:
    """Return the contact history of the two years, in order of the day."""
    dice = Dice(plan.seed, "contacts")
    rows = []
    for customer in drawn.customers:
        if customer.segment == "joined" or not customer.listed or customer.note == "test account":
            continue
        kind = plan.like(customer)
        since = max(0, (dt.date.fromisoformat(customer.joined) - FIRST_DATE).days)
        for channel, mean in contacts.means[kind].items():
            for _ in range(dice.poisson(mean * (BASELINE_DAYS - since) / BASELINE_DAYS)):
                day = _day(dice, plan, contacts, channel, since)
                rows.append((customer.customer_id, day, channel, *_said(dice, contacts, kind, channel)))
    return sorted(rows, key=lambda row: (row[1], row[0]))


def _day(dice: Dice, plan: Plan, contacts: Contacts, channel: str, since: int) -> str:
    while True:
        day = dice.whole(since, BASELINE_DAYS - 1)
        date = date_of(day)
        busy = not contacts.months or dice.uniform(0, 2) <= contacts.months[date.month - 1]
        if busy and date.weekday() not in contacts.closed and plan.trade.is_open(channel, day):
            return date.isoformat()


def _said(dice: Dice, contacts: Contacts, kind: str, channel: str) -> tuple[str, str, str]:
    """Return who began, what it was about, and what came of it."""
    direction = "from customer" if dice.chance(contacts.inbound[channel]) else "from us"
    if contacts.topic_first:
        topic = dice.choose(contacts.topics[direction])
    response = ""
    if direction == "from us":
        reacts = dice.chance(contacts.reacts[kind].get(channel, 0.3))
        response = dice.choose(contacts.answers) if reacts else "none"
    if not contacts.topic_first:
        topic = dice.choose(contacts.topics[direction])
    return direction, topic, response
