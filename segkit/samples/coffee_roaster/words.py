"""What the coffee roaster's data dictionary tells: the story, the columns, and what was planted."""

from segkit.samples.coffee_roaster.trade import PRODUCTS
from segkit.samples.description import Words
from segkit.samples.people import PLACE_COLUMNS
from segkit.samples.tables import DAY, Column

ID = "text, six digits with leading zeros"
ORDER_COLUMNS = (
    Column("order_id", "Number of the order; a return has a number of its own.", "text, K and six digits"),
    Column("order_date", "Day of the order.", f"{DAY}; DD/MM/YYYY where the old shop till wrote it (4 March to 1 June 2024)"),
    Column("customer_id", "Who bought.", f"{ID}; empty: nobody known"),
    Column("product", "What was bought.", f"{len(PRODUCTS)} products"),
    Column(
        "category",
        "Kind of product; typed by hand at the market stand.",
        "; ".join(dict.fromkeys(p.category for p in PRODUCTS)),
    ),
    Column("quantity", "Number of pieces.", "whole number; below zero: a return"),
    Column("unit_price", "Price of one piece, tax included.", "EUR"),
    Column("channel", "Where the order was placed.", "shop, web shop, market, phone"),
    Column("status", "State of the order.", "paid, cancelled, returned"),
)
CUSTOMER_COLUMNS = (
    Column("customer_id", "The customer's id.", ID),
    Column("name", "Name of the person or of the workplace.", "text, personal data"),
    Column("email", "E-mail address.", "text, personal data"),
    *PLACE_COLUMNS,
    Column("birth_year", "Year of birth, if told.", "year"),
    Column("household", "How the customer lives, if told.", "single, couple, family, shared flat, workplace"),
    Column("newsletter", "Whether the customer gets the newsletter.", "yes, no"),
    Column("joined", "Day on which the customer was entered.", DAY),
)

WORDS = Words(
    who="customer",
    customer_id=ID,
    order_columns=ORDER_COLUMNS,
    customer_columns=CUSTOMER_COLUMNS,
    story="""\
Kettle & Crane Coffee roasts its own beans in Craneport, a harbour town. It sells in two shops, in a web shop, by telephone,
and on Saturdays from a stand on the market. Six people work there, most of them part of the week.

The files cover the two years 2024 and 2025; `orders_later.csv` holds the first six months of 2026. Who came only in 2026 is not
in `customers.csv`. Analysis dates: 2026-01-01 and 2026-07-01. Money is in euros (EUR), with a decimal point.

Everything is invented: the firm, the places, the people, their answers. The files were written by `python -m segkit.samples`
and come out the same, byte for byte, each time. E-mail addresses use domains that are set aside for examples.
""",
    introduction="""\
Five groups of customers were planted, with tastes of their own in each person and with borders that run into one another:
about one customer in seven leans towards a second group.
""",
    planted={
        "home_subscribers": (
            "a box by post about once a month, from the web shop; families and couples between 30 and 50; want no trouble",
            "one in eight leaves after the price rise",
        ),
        "weekend_connoisseurs": (
            "single origins and gear, on Saturdays, in the shop and at the market; from Craneport; curious, love advice",
            "about half take up home roasting; a few subscribe, a few leave",
        ),
        "gift_buyers": (
            "gift boxes and Advent calendars in November and December; older; like being advised, answer post",
            "nearly silent from January to June, as always: most are not lost",
        ),
        "offices": (
            "kilo bags, oat drink and cleaner for the office kitchen, on working days, by web shop and telephone",
            "one in ten leaves",
        ),
        "passers_by": (
            "one order, seldom a second, often in summer at the market; many from the coast and further away",
            "some become subscribers or connoisseurs; most stay away; as many new ones come",
        ),
    },
    trend="""\
The trend: in November 2025 the first green beans stand on the shelf and hardly anyone notices. From February 2026 home
roasting takes off, almost only among the weekend connoisseurs (survey: `try_at_home`, `like_new`).
""",
)
