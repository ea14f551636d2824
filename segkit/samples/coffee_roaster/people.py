"""Who the coffee roaster's customers are, what they think, and how the roaster and they get in touch."""

from segkit.samples.contacts import Contacts
from segkit.samples.customer_file import CustomerFile, Row, Slip
from segkit.samples.dice import Dice
from segkit.samples.orders import Customer
from segkit.samples.people import Register, person, place
from segkit.samples.survey import Survey

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
REGION = {
    "home_subscribers": (0.27, 0.13, 0.2, 0.15, 0.25),
    "weekend_connoisseurs": (0.62, 0.1, 0.16, 0.09, 0.03),
    "gift_buyers": (0.36, 0.14, 0.18, 0.12, 0.2),
    "offices": (0.74, 0.07, 0.13, 0.05, 0.01),
    "passers_by": (0.3, 0.3, 0.12, 0.08, 0.2),
}
NEWSLETTER = {"home_subscribers": 0.72, "weekend_connoisseurs": 0.64, "gift_buyers": 0.45, "offices": 0.5, "passers_by": 0.22}
OFFICE_NAMES = ("Studio", "Bureau", "Practice", "Workshop", "Co-op", "Office")

SURVEY = Survey(
    answered={"home_subscribers": 0.44, "weekend_connoisseurs": 0.58, "gift_buyers": 0.32, "offices": 0.3, "passers_by": 0.2},
    statements={
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
    },
)

CONTACTS = Contacts(
    means={
        "home_subscribers": {"e-mail": 2.4, "post": 0.25, "social": 0.3, "phone": 0.2, "shop": 0.2},
        "weekend_connoisseurs": {"e-mail": 1.6, "post": 0.3, "social": 1.3, "phone": 0.1, "shop": 1.6},
        "gift_buyers": {"e-mail": 1.1, "post": 1.3, "social": 0.3, "phone": 0.25, "shop": 0.5},
        "offices": {"e-mail": 2.0, "post": 0.3, "social": 0.05, "phone": 2.4, "shop": 0.2},
        "passers_by": {"e-mail": 0.45, "post": 0.2, "social": 0.45, "phone": 0.02, "shop": 0.25},
    },
    reacts={
        "home_subscribers": {"e-mail": 0.4, "post": 0.08, "social": 0.12, "phone": 0.4},
        "weekend_connoisseurs": {"e-mail": 0.38, "post": 0.15, "social": 0.34, "phone": 0.3},
        "gift_buyers": {"e-mail": 0.2, "post": 0.36, "social": 0.12, "phone": 0.3},
        "offices": {"e-mail": 0.28, "post": 0.06, "social": 0.02, "phone": 0.62},
        "passers_by": {"e-mail": 0.08, "post": 0.05, "social": 0.1, "phone": 0.1},
    },
    inbound={"e-mail": 0.15, "post": 0.0, "social": 0.3, "phone": 0.7, "shop": 0.9},
    topics={
        "from us": {"news": 0.5, "offer": 0.35, "thanks": 0.15},
        "from customer": {"question": 0.55, "order": 0.2, "praise": 0.13, "complaint": 0.12},
    },
    answers={"reply": 0.45, "order": 0.55},
    topic_first=True,
    months=(0.8, 0.7, 0.8, 1.0, 1.0, 0.9, 0.6, 0.6, 1.0, 1.1, 1.9, 1.6),
)


def entered(dice: Dice, register: Register, customer: Customer, kind: str) -> Row:
    """Draw the row of a person, or of the workplace that a person buys for."""
    first, last = person(dice)
    name, local = f"{first} {last}", f"{first}.{last}".lower()
    household = dice.choose(dict(zip(HOMES, HOUSEHOLD[kind], strict=True)))
    if household == "workplace" and dice.chance(0.7):
        name, local = f"{last} {dice.pick(OFFICE_NAMES)}", f"kitchen.{last}".lower()
    if customer.note == "test account":
        name, local = "Test Test (please ignore)", "test"
    town, region, postcode = place(dice, REGION[kind])
    born = min(2007, max(1931, round(dice.normal(*BIRTH[kind]))))
    gap = dice.uniform()
    return {
        "customer_id": customer.customer_id,
        "name": name,
        "email": register.email(local),
        "postcode": "" if gap < 0.04 else postcode,
        "town": "" if gap < 0.03 else town,
        "region": "" if gap < 0.03 else region,
        "birth_year": "" if household == "workplace" or dice.chance(0.18) else str(born),
        "household": "" if dice.chance(0.11) else household,
        "newsletter": "yes" if dice.chance(NEWSLETTER[kind]) else "no",
        "joined": customer.joined,
    }


def entered_again(first: Row, second: Row) -> Row:
    """Return a second account: the same name and place, other details filled in anew or left out."""
    told = {name: second[name] and first[name] for name in ("birth_year", "household")}
    return {**second, **{name: first[name] for name in ("name", "postcode", "town", "region")}, **told}


CUSTOMER_FILE = CustomerFile(
    entered=entered,
    entered_again=entered_again,
    slip=Slip(
        fault="impossible_birth_years",
        column="birth_year",
        how_many=1,
        meets=lambda customer: customer.segment == "gift_buyers" and not customer.doubled,
        typed=lambda dice, year: "1893",
    ),
)
