"""Who the packaging wholesaler's customers are, and how sales and they get in touch."""

from segkit.samples.contacts import Contacts
from segkit.samples.customer_file import CustomerFile, Row, Slip
from segkit.samples.dice import Dice
from segkit.samples.dirt import WAYS
from segkit.samples.orders import Customer
from segkit.samples.packaging_wholesaler.notes import note
from segkit.samples.people import Register, person, place

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

CONTACTS = Contacts(
    means={
        "web_merchants": {"e-mail": 5.0, "phone": 1.2, "sales visit": 0.2, "post": 0.8, "trade fair": 0.3},
        "food_makers": {"e-mail": 1.6, "phone": 5.5, "sales visit": 2.6, "post": 1.0, "trade fair": 0.5},
        "factories": {"e-mail": 4.0, "phone": 2.5, "sales visit": 5.0, "post": 0.3, "trade fair": 1.2},
        "now_and_then": {"e-mail": 1.8, "phone": 1.2, "sales visit": 0.15, "post": 1.8, "trade fair": 0.1},
    },
    reacts={
        "web_merchants": {"e-mail": 0.4, "phone": 0.25, "sales visit": 0.3, "post": 0.08, "trade fair": 0.35},
        "food_makers": {"e-mail": 0.12, "phone": 0.5, "sales visit": 0.62, "post": 0.14, "trade fair": 0.4},
        "factories": {"e-mail": 0.26, "phone": 0.3, "sales visit": 0.66, "post": 0.03, "trade fair": 0.5},
        "now_and_then": {"e-mail": 0.14, "phone": 0.2, "sales visit": 0.2, "post": 0.18, "trade fair": 0.2},
    },
    inbound={"e-mail": 0.3, "phone": 0.45, "sales visit": 0.0, "post": 0.0, "trade fair": 0.5},
    topics={
        "from us": {"offer": 0.45, "news": 0.3, "yearly talk": 0.15, "overdue bill": 0.1},
        "from customer": {"question": 0.45, "request for an offer": 0.35, "complaint": 0.2},
    },
    answers={"reply": 0.5, "order": 0.5},
    topic_first=False,
    closed=(5, 6),
)


def entered(dice: Dice, register: Register, customer: Customer, kind: str) -> Row:
    """Draw the row of a firm or a public body."""
    kinds = [dice.pick(list(INDUSTRY)) if dice.chance(UNUSUAL) else kind for _ in range(5)]
    industry = dice.choose(INDUSTRY[kinds[0]])
    (first, _), (_, last) = person(dice), person(dice)
    while not register.takes(name := f"{last} {dice.pick(FORMS[kind])}{dice.pick(LEGAL)}"):
        _, last = person(dice)
    local = f"{first}@{name.split()[0]}".lower().replace("@", ".")
    if customer.note == "test account":
        name, local = "TEST firm (do not deliver)", "test"
    middle, sd = EMPLOYEES[kinds[1]]
    employees = max(1, round(middle * dice.factor(sd) * customer.size**0.5))
    owner = "public body" if industry in PUBLIC else "listed company" if dice.chance(LISTED[kind]) else "private company"
    town, region, postcode = place(dice, REGION[kinds[2]])
    return {
        "customer_id": customer.customer_id,
        "firm": name,
        "industry": "" if dice.chance(0.03) else industry,
        "postcode": postcode,
        "town": town,
        "region": region,
        "employees": "" if dice.chance(0.08) else str(employees),
        "ownership": owner,
        "decision_maker": "" if dice.chance(0.07) else dice.choose(JOBS[kinds[3]]),
        "technology": "" if dice.chance(0.12) else dice.choose(TECHNOLOGY[kinds[4]]),
        "email": register.email(local),
        "phone": f"+999 555 {dice.whole(0, 9999):04d}",
        "customer_since": customer.joined,
        "sales_notes": "" if dice.chance(0.15) else note(dice, kind),
    }


def entered_again(first: Row, second: Row) -> Row:
    """Return the firm entered a second time: its name in another spelling, no note yet."""
    name = first["firm"]
    again = name.removesuffix(" Ltd") + " Limited" if name.endswith(" Ltd") else name.upper()
    own = {column: second[column] for column in ("customer_id", "customer_since")}
    return {**first, **own, "firm": again, "sales_notes": ""}


CUSTOMER_FILE = CustomerFile(
    entered=entered,
    entered_again=entered_again,
    slip=Slip(
        fault="industry_spelt_differently",
        column="industry",
        how_many=12,
        meets=lambda customer: True,
        typed=lambda dice, industry: dice.pick(WAYS)(industry),
    ),
)
