"""Who the coffee roaster's customers are, what they think, and how the roaster and they get in touch."""

import datetime as dt
import math
from collections.abc import Mapping

from segkit.samples.business import Drawn
from segkit.samples.coffee_roaster.trade import TRADE
from segkit.samples.dice import Dice
from segkit.samples.habits import BASELINE_DAYS, FIRST_DATE, date_of
from segkit.samples.orders import Customer
from segkit.samples.people import Addresses, person, place

BIRTH = {
    "home_subscribers": (1985, 9),
    "weekend_connoisseurs": (1979, 11),
    "gift_buyers": (1967, 12),
    "offices": (1980, 9),
    "passers_by": (1986, 15),
}
HOMES = ("single", "couple", "family", "shared flat", "workplace")
HOUSEHOLD = {
    "home_subscribers": (0.24, 0.38, 0.34, 0.03, 0.01),
    "weekend_connoisseurs": (0.33, 0.44, 0.16, 0.06, 0.01),
    "gift_buyers": (0.18, 0.45, 0.34, 0.02, 0.01),
    "offices": (0.05, 0.05, 0.06, 0.02, 0.82),
    "passers_by": (0.34, 0.28, 0.22, 0.16, 0.0),
}
REGIONS = ("Craneport", "Coast", "River Valley", "Hills", "Further away")
REGION = {
    "home_subscribers": (0.27, 0.13, 0.2, 0.15, 0.25),
    "weekend_connoisseurs": (0.62, 0.1, 0.16, 0.09, 0.03),
    "gift_buyers": (0.36, 0.14, 0.18, 0.12, 0.2),
    "offices": (0.74, 0.07, 0.13, 0.05, 0.01),
    "passers_by": (0.3, 0.3, 0.12, 0.08, 0.2),
}
NEWSLETTER = {"home_subscribers": 0.72, "weekend_connoisseurs": 0.64, "gift_buyers": 0.45, "offices": 0.5, "passers_by": 0.22}
ANSWERS = {"home_subscribers": 0.44, "weekend_connoisseurs": 0.58, "gift_buyers": 0.32, "offices": 0.3, "passers_by": 0.2}

STATEMENTS: dict[str, tuple[str, tuple[float, ...]]] = {
    "taste_first": ("I notice the difference between a good and a very good coffee.", (3.6, 4.6, 2.8, 3.0, 3.1)),
    "like_new": ("I like to try a coffee I have never had.", (2.8, 4.4, 2.7, 2.2, 3.2)),
    "price_decides": ("When I choose coffee, the price decides.", (2.9, 1.9, 2.4, 3.7, 3.6)),
    "origin_matters": ("I want to know who grew my coffee.", (3.3, 4.3, 2.7, 2.5, 2.7)),
    "ritual": ("Making coffee is a small ritual to me.", (3.3, 4.5, 2.6, 1.8, 2.8)),
    "no_trouble": ("Coffee should simply be there, without my having to think of it.", (4.4, 2.2, 3.0, 4.5, 3.1)),
    "gifts_should_please": ("A gift has to look well before it is opened.", (2.7, 2.9, 4.5, 2.8, 2.9)),
    "advice_welcome": ("I like to be advised in a shop.", (2.3, 3.8, 3.9, 2.6, 2.9)),
    "local_matters": ("I prefer to buy from people in my neighbourhood.", (3.0, 3.9, 3.3, 3.3, 2.8)),
    "try_at_home": ("I like to try things out in my own kitchen.", (2.8, 4.2, 2.5, 1.7, 2.9)),
}
"""Column → the statement, and the mean answer (1 to 5) of each segment in the order of BIRTH."""

SEASON = (0.8, 0.7, 0.8, 1.0, 1.0, 0.9, 0.6, 0.6, 1.0, 1.1, 1.9, 1.6)
CONTACTS: Mapping[str, Mapping[str, float]] = {
    "home_subscribers": {"e-mail": 2.4, "post": 0.25, "social": 0.3, "phone": 0.2, "shop": 0.2},
    "weekend_connoisseurs": {"e-mail": 1.6, "post": 0.3, "social": 1.3, "phone": 0.1, "shop": 1.6},
    "gift_buyers": {"e-mail": 1.1, "post": 1.3, "social": 0.3, "phone": 0.25, "shop": 0.5},
    "offices": {"e-mail": 2.0, "post": 0.3, "social": 0.05, "phone": 2.4, "shop": 0.2},
    "passers_by": {"e-mail": 0.45, "post": 0.2, "social": 0.45, "phone": 0.02, "shop": 0.25},
}
"""Mean number of contacts in two years."""
REACTS = {
    "home_subscribers": {"e-mail": 0.4, "post": 0.08, "social": 0.12, "phone": 0.4},
    "weekend_connoisseurs": {"e-mail": 0.38, "post": 0.15, "social": 0.34, "phone": 0.3},
    "gift_buyers": {"e-mail": 0.2, "post": 0.36, "social": 0.12, "phone": 0.3},
    "offices": {"e-mail": 0.28, "post": 0.06, "social": 0.02, "phone": 0.62},
    "passers_by": {"e-mail": 0.08, "post": 0.05, "social": 0.1, "phone": 0.1},
}
INBOUND = {"e-mail": 0.15, "post": 0.0, "social": 0.3, "phone": 0.7, "shop": 0.9}
TOPICS = {
    "from us": {"news": 0.5, "offer": 0.35, "thanks": 0.15},
    "from customer": {"question": 0.55, "order": 0.2, "praise": 0.13, "complaint": 0.12},
}
OFFICE_NAMES = ("Studio", "Bureau", "Practice", "Workshop", "Co-op", "Office")


def like(customer: Customer) -> str:
    """Return the segment whose traits a customer has; accounts without orders resemble passers-by."""
    return customer.segment if customer.segment in BIRTH else "passers_by"


def _among(dice: Dice, names: tuple[str, ...], weights: tuple[float, ...]) -> str:
    return dice.choose(dict(zip(names, weights, strict=True)))


def customer_rows(seed: int, drawn: Drawn) -> list[tuple[str, ...]]:
    """Return the customer file: one row for each id that has joined before the end of 2025 and was not erased."""
    dice = Dice(seed, "customer file")
    addresses = Addresses(dice)
    rows: dict[Customer, tuple[str, ...]] = {}
    customers = [c for c in drawn.customers if c.segment != "joined"]
    for customer in customers:
        rows[customer] = _person_row(dice, addresses, customer)
    doubled = {c.twin_of for c in customers}
    old = dice.sample(
        [c for c in customers if rows[c][6] and c.segment == "gift_buyers" and not c.note and c not in doubled], 1
    )[0]
    rows[old] = (*rows[old][:6], "1893", *rows[old][7:])
    for number, customer in enumerate(c for c in customers if c.twin_of is not None):
        assert customer.twin_of is not None
        first, second = rows[customer.twin_of], rows[customer]
        # The second account: same name and e-mail (every fourth typed in capitals), other details filled in anew.
        email = first[2].upper() if number % 4 == 0 else first[2]
        rows[customer] = (second[0], first[1], email, *first[3:6], second[6] and first[6], second[7] and first[7], *second[8:])
    return [rows[c] for c in customers if c.listed]


def _person_row(dice: Dice, addresses: Addresses, customer: Customer) -> tuple[str, ...]:
    kind = like(customer)
    first, last = person(dice)
    name, local = f"{first} {last}", f"{first}.{last}".lower()
    household = _among(dice, HOMES, HOUSEHOLD[kind])
    if household == "workplace" and dice.chance(0.7):
        name, local = f"{last} {dice.pick(OFFICE_NAMES)}", f"kitchen.{last}".lower()
    if customer.note == "test account":
        name, local = "Test Test (please ignore)", "test"
    town, region, postcode = place(dice, dict(zip(REGIONS, REGION[kind], strict=True)))
    born = min(2007, max(1931, round(dice.normal(*BIRTH[kind]))))
    gap = dice.uniform()
    return (
        customer.customer_id,
        name,
        addresses.email(local),
        "" if gap < 0.04 else postcode,
        "" if gap < 0.03 else town,
        "" if gap < 0.03 else region,
        "" if household == "workplace" or dice.chance(0.18) else str(born),
        "" if dice.chance(0.11) else household,
        "yes" if dice.chance(NEWSLETTER[kind]) else "no",
        customer.joined,
    )


def survey_rows(seed: int, drawn: Drawn) -> list[tuple[str, ...]]:
    """Return the survey of October 2025: answers from 1 (not at all) to 5 (fully), a few statements left out."""
    dice = Dice(seed, "survey")
    rows = []
    sent = BASELINE_DAYS - 90
    for customer in drawn.customers:
        asked = customer.segment in BIRTH and customer.start < sent and customer.twin_of is None and customer.listed
        if not asked or not dice.chance(ANSWERS[customer.segment]):
            continue
        column = list(BIRTH).index(customer.segment)
        mood = dice.normal(0, 0.35)  # Some people agree with everything.
        cells = []
        for _, means in STATEMENTS.values():
            answer = min(5, max(1, round(dice.normal(means[column] + mood, 1.0))))
            cells.append("" if dice.chance(0.02) else str(answer))
        answered = date_of(sent + min(60, int(-6 * math.log(1 - dice.uniform()))))
        rows.append((customer.customer_id, answered.isoformat(), *cells))
    return rows


def contact_rows(seed: int, drawn: Drawn) -> list[tuple[str, ...]]:
    """Return the contact history of the two years, in order of the day."""
    dice = Dice(seed, "contacts")
    rows = []
    for customer in drawn.customers:
        if customer.segment == "joined" or not customer.listed or customer.note == "test account":
            continue
        since = max(0, (dt.date.fromisoformat(customer.joined) - FIRST_DATE).days)
        for channel, mean in CONTACTS[like(customer)].items():
            for _ in range(dice.poisson(mean * (BASELINE_DAYS - since) / BASELINE_DAYS)):
                rows.append(_contact(dice, customer, channel, since))
    return sorted(rows, key=lambda row: (row[1], row[0]))


def _contact(dice: Dice, customer: Customer, channel: str, since: int) -> tuple[str, ...]:
    day = dice.whole(since, BASELINE_DAYS - 1)
    while dice.uniform(0, 2) > SEASON[date_of(day).month - 1] or not TRADE.is_open(channel, day):
        day = dice.whole(since, BASELINE_DAYS - 1)
    direction = "from customer" if dice.chance(INBOUND[channel]) else "from us"
    topic = dice.choose(TOPICS[direction])
    response = ""
    if direction == "from us":
        reacts = dice.chance(REACTS[like(customer)].get(channel, 0.3))
        response = dice.choose({"reply": 0.45, "order": 0.55}) if reacts else "none"
    return customer.customer_id, date_of(day).isoformat(), channel, direction, topic, response
