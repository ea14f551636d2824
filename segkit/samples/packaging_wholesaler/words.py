"""What the packaging wholesaler's data dictionary tells: the story, the columns, and what was planted."""

from segkit.samples.description import Words
from segkit.samples.packaging_wholesaler.people import INDUSTRIES
from segkit.samples.packaging_wholesaler.trade import PRODUCTS
from segkit.samples.people import PLACE_COLUMNS
from segkit.samples.tables import DAY, Column

ID = "text, F- and four digits"
ORDER_COLUMNS = (
    Column("order_id", "Number of the order; a return has a number of its own.", "text, T and six digits"),
    Column("order_date", "Day of the order.", f"{DAY}; DD.MM.YYYY in telephone orders of September to November 2024"),
    Column("customer_id", "Which firm bought.", f"{ID}; empty: sold at the counter"),
    Column("product", "What was bought.", f"{len(PRODUCTS)} products"),
    Column(
        "category",
        "Kind of product; typed by hand for telephone orders.",
        "; ".join(dict.fromkeys(p.category for p in PRODUCTS)),
    ),
    Column("quantity", "Number of packs.", "whole number; below zero: a return"),
    Column("unit_price", "Price of one pack after the firm's discount.", "EUR without tax"),
    Column("amount", "Quantity times unit price.", "EUR without tax"),
    Column("margin", "Amount less what the goods cost the wholesaler.", "EUR; can be below zero"),
    Column("channel", "How the order came in.", "web shop, e-mail, phone, sales visit"),
    Column("status", "State of the order.", "paid, cancelled, returned"),
)
CUSTOMER_COLUMNS = (
    Column("customer_id", "The firm's id.", ID),
    Column("firm", "Name of the firm.", "text"),
    Column("industry", "Line of business.", "; ".join(sorted(INDUSTRIES))),
    *PLACE_COLUMNS,
    Column("employees", "How many people work there.", "number of people"),
    Column("ownership", "Public or private.", "private company, listed company, public body"),
    Column("decision_maker", "Job title of the person who decides on packaging.", "text, ten titles"),
    Column("technology", "What they run their orders with.", "text, six kinds"),
    Column("email", "E-mail address of the contact.", "text, personal data"),
    Column("phone", "Telephone number of the contact.", "text, personal data"),
    Column("customer_since", "Day on which the firm was entered.", DAY),
    Column("sales_notes", "What sales wrote down.", "free text, may run over two lines"),
)

WORDS = Words(
    who="firm",
    customer_id=ID,
    order_columns=ORDER_COLUMNS,
    customer_columns=CUSTOMER_COLUMNS,
    story="""\
Tern & Tape Packaging is a wholesaler in Craneport that sells boxes, mailers, tape, food packaging and film to about 400 firms
and public bodies. Seven people work there, two of them in sales.

The files cover the two years 2024 and 2025; `orders_later.csv` holds the first six months of 2026. Who came only in 2026 is not
in `customers.csv`. Analysis dates: 2026-01-01 and 2026-07-01. Money is in euros (EUR) without tax, with a decimal point.

Everything is invented: the firms, the places, the people, the notes. The files were written by `python -m segkit.samples` and
come out the same, byte for byte, each time. E-mail addresses use domains that are set aside for examples; the telephone
numbers begin with a country code that no country has.
""",
    introduction="""\
Four groups of firms were planted, with habits of their own in each firm and with borders that run into one another: every
second firm leans a little or more towards another group, and some are unusual for theirs in size, industry or technology.
""",
    planted={
        "web_merchants": (
            "small; boxes, mailers and tape every three weeks from the web shop, most before Christmas; the owner decides; "
            "e-mail works",
            "about half take up returnable packaging; some close down, new ones come",
        ),
        "food_makers": (
            "bakeries and caterers; bags, trays and bowls, most in summer; order by telephone, like visits",
            "some leave or order less",
        ),
        "factories": (
            "large, in the River Valley; heavy cartons and film by the pallet; a purchasing manager with a discount: much "
            "money, thin margin",
            "nearly all stay",
        ),
        "now_and_then": (
            "offices, schools, public bodies; moving and archive boxes once or twice a year; full price: little money, "
            "good margin",
            "come and go; a few become web merchants",
        ),
    },
    trend="""\
The trend: in November 2025 returnable mailers are on the list and a handful of firms try them. From February 2026 they take
off, almost only among the web merchants (their sales notes spoke of it: "asks whether a mailer can be used twice").
""",
)
