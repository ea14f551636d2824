"""Who the packaging wholesaler's customers are, and how sales and they get in touch."""

import datetime as dt
from collections.abc import Mapping

from segkit.samples.business import Drawn
from segkit.samples.dice import Dice
from segkit.samples.dirt import WAYS
from segkit.samples.habits import BASELINE_DAYS, FIRST_DATE, date_of
from segkit.samples.orders import Customer
from segkit.samples.packaging_wholesaler.notes import note
from segkit.samples.packaging_wholesaler.trade import TRADE
from segkit.samples.people import Addresses, person, place

INDUSTRY = {
    "web_merchants": {"Online retail": 0.62, "Shop with web shop": 0.2, "Publishing": 0.09, "Crafts": 0.09},
    "food_makers": {"Bakery": 0.34, "Catering": 0.28, "Food production": 0.26, "Restaurant": 0.12},
    "factories": {"Machine building": 0.4, "Furniture": 0.22, "Chemicals": 0.2, "Food production": 0.08, "Logistics": 0.1},
    "now_and_then": {
        "Public administration": 0.22,
        "School or university": 0.18,
        "Law or tax office": 0.2,
        "Health care": 0.16,
        "Crafts": 0.14,
        "Logistics": 0.1,
    },
}
INDUSTRIES = frozenset(name for names in INDUSTRY.values() for name in names)
UNUSUAL = 0.14
"""Chance that a firm has one trait (industry, size, title, technology, region) of another segment."""
EMPLOYEES = {"web_merchants": (8, 0.75), "food_makers": (24, 0.7), "factories": (210, 0.8), "now_and_then": (35, 1.1)}
"""Middle number of employees, and the standard deviation of its logarithm."""
PUBLIC = ("Public administration", "School or university")
LISTED = {"factories": 0.28, "food_makers": 0.03, "web_merchants": 0.02, "now_and_then": 0.05}
JOBS = {
    "web_merchants": {"Owner": 0.52, "Operations manager": 0.28, "Warehouse manager": 0.14, "Purchasing manager": 0.06},
    "food_makers": {"Owner": 0.36, "Production manager": 0.34, "Purchasing manager": 0.2, "Head chef": 0.1},
    "factories": {"Purchasing manager": 0.62, "Logistics manager": 0.24, "Production manager": 0.14},
    "now_and_then": {"Office manager": 0.5, "Administrator": 0.28, "Owner": 0.14, "Purchasing manager": 0.08},
}
TECHNOLOGY = {
    "web_merchants": {"Web shop system": 0.55, "Shipping software": 0.3, "Spreadsheets": 0.13, "Planning system (ERP)": 0.02},
    "food_makers": {"Spreadsheets": 0.44, "Paper": 0.28, "Planning system (ERP)": 0.18, "Web shop system": 0.1},
    "factories": {"Planning system (ERP)": 0.6, "Electronic ordering (EDI)": 0.32, "Spreadsheets": 0.08},
    "now_and_then": {"Spreadsheets": 0.56, "Paper": 0.26, "Planning system (ERP)": 0.14, "Web shop system": 0.04},
}
REGIONS = ("Craneport", "Coast", "River Valley", "Hills", "Further away")
REGION = {
    "web_merchants": (0.32, 0.13, 0.2, 0.1, 0.25),
    "food_makers": (0.3, 0.3, 0.22, 0.15, 0.03),
    "factories": (0.14, 0.06, 0.52, 0.16, 0.12),
    "now_and_then": (0.48, 0.14, 0.18, 0.14, 0.06),
}
FORMS = {
    "web_merchants": ("Online", "Store", "Post"),
    "food_makers": ("Bakery", "Kitchens", "Foods"),
    "factories": ("Works", "Industries", "Systems"),
    "now_and_then": ("Partners", "Services", "House"),
}
LEGAL = (" Ltd", " Ltd", " & Co", " Group", "")

CONTACTS: Mapping[str, Mapping[str, float]] = {
    "web_merchants": {"e-mail": 5.0, "phone": 1.2, "sales visit": 0.2, "post": 0.8, "trade fair": 0.3},
    "food_makers": {"e-mail": 1.6, "phone": 5.5, "sales visit": 2.6, "post": 1.0, "trade fair": 0.5},
    "factories": {"e-mail": 4.0, "phone": 2.5, "sales visit": 5.0, "post": 0.3, "trade fair": 1.2},
    "now_and_then": {"e-mail": 1.8, "phone": 1.2, "sales visit": 0.15, "post": 1.8, "trade fair": 0.1},
}
REACTS = {
    "web_merchants": {"e-mail": 0.4, "phone": 0.25, "sales visit": 0.3, "post": 0.08, "trade fair": 0.35},
    "food_makers": {"e-mail": 0.12, "phone": 0.5, "sales visit": 0.62, "post": 0.14, "trade fair": 0.4},
    "factories": {"e-mail": 0.26, "phone": 0.3, "sales visit": 0.66, "post": 0.03, "trade fair": 0.5},
    "now_and_then": {"e-mail": 0.14, "phone": 0.2, "sales visit": 0.2, "post": 0.18, "trade fair": 0.2},
}
INBOUND = {"e-mail": 0.3, "phone": 0.45, "sales visit": 0.0, "post": 0.0, "trade fair": 0.5}
TOPICS = {
    "from us": {"offer": 0.45, "news": 0.3, "yearly talk": 0.15, "overdue bill": 0.1},
    "from customer": {"question": 0.45, "request for an offer": 0.35, "complaint": 0.2},
}


def like(customer: Customer) -> str:
    """Return the segment whose traits a firm has; firms without orders resemble those who buy now and then."""
    return customer.segment if customer.segment in INDUSTRY else "now_and_then"


def discount(dice: Dice, customer: Customer) -> int:
    """Return a firm's discount in percent: large buyers have bargained."""
    middle = {"web_merchants": 4, "food_makers": 5, "factories": 9, "now_and_then": 0}.get(like(customer), 0)
    return min(18, max(0, round(dice.normal(middle, 2.5)))) if middle else 0


def customer_rows(seed: int, drawn: Drawn) -> list[tuple[str, ...]]:
    """Return the customer file: one row for each id entered before the end of 2025 and not erased."""
    dice = Dice(seed, "customer file")
    addresses, names = Addresses(dice), set[str]()
    customers = [c for c in drawn.customers if c.segment != "joined"]
    rows = {customer: _firm_row(dice, addresses, names, customer) for customer in customers}
    for number, customer in enumerate(c for c in customers if c.twin_of is not None):
        assert customer.twin_of is not None
        first, second = rows[customer.twin_of], rows[customer]
        # The firm was entered a second time: name in another spelling, the same e-mail address, no note yet.
        name = first[1].removesuffix(" Ltd") + " Limited" if first[1].endswith(" Ltd") else first[1].upper()
        email = first[10].upper() if number % 4 == 0 else first[10]
        rows[customer] = (second[0], name, *first[2:9], first[9], email, first[11], second[12], "")
    for customer in dice.sample([c for c in customers if rows[c][2] and c.twin_of is None and c.note == ""], 12):
        row = rows[customer]
        rows[customer] = (*row[:2], dice.pick(WAYS)(row[2]), *row[3:])
    return [rows[c] for c in customers if c.listed]


def _firm_row(dice: Dice, addresses: Addresses, names: set[str], customer: Customer) -> tuple[str, ...]:
    kind = like(customer)
    kinds = [dice.pick(list(INDUSTRY)) if dice.chance(UNUSUAL) else kind for _ in range(5)]
    industry = dice.choose(INDUSTRY[kinds[0]])
    (first, _), (_, last) = person(dice), person(dice)
    name = f"{last} {dice.pick(FORMS[kind])}{dice.pick(LEGAL)}"
    while name in names:
        name = f"{person(dice)[1]} {dice.pick(FORMS[kind])}{dice.pick(LEGAL)}"
    names.add(name)
    local = f"{first}@{name.split()[0]}".lower().replace("@", ".")
    if customer.note == "test account":
        name, local = "TEST firm (do not deliver)", "test"
    middle, sd = EMPLOYEES[kinds[1]]
    employees = max(1, round(middle * dice.factor(sd) * customer.size**0.5))
    owner = "public body" if industry in PUBLIC else "listed company" if dice.chance(LISTED[kind]) else "private company"
    town, region, postcode = place(dice, dict(zip(REGIONS, REGION[kinds[2]], strict=True)))
    return (
        customer.customer_id,
        name,
        "" if dice.chance(0.03) else industry,
        postcode,
        town,
        region,
        "" if dice.chance(0.08) else str(employees),
        owner,
        "" if dice.chance(0.07) else dice.choose(JOBS[kinds[3]]),
        "" if dice.chance(0.12) else dice.choose(TECHNOLOGY[kinds[4]]),
        addresses.email(local),
        f"+999 555 {dice.whole(0, 9999):04d}",
        customer.joined,
        "" if dice.chance(0.15) else note(dice, kind),
    )


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
    while date_of(day).weekday() >= 5 or not TRADE.is_open(channel, day):
        day = dice.whole(since, BASELINE_DAYS - 1)
    direction = "from customer" if dice.chance(INBOUND[channel]) else "from us"
    response = ""
    if direction == "from us":
        reacts = dice.chance(REACTS[like(customer)][channel])
        response = dice.choose({"reply": 0.5, "order": 0.5}) if reacts else "none"
    return customer.customer_id, date_of(day).isoformat(), channel, direction, dice.choose(TOPICS[direction]), response
