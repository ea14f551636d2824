"""The coffee roaster's price list and the habits of its five planted segments."""

from segkit.samples.habits import BASELINE_DAYS, Habit, Product, Trade

HOUSE, ORIGIN, BOX, GEAR, GIFTS, OFFICE = (
    "House blends",
    "Single origins",
    "Subscription",
    "Brewing gear",
    "Gifts",
    "Office supply",
)
TREND = "Home roasting"
TREND_DAY = BASELINE_DAYS - 61
"""1 November 2025: the first green beans are on the shelf, hardly noticed."""

PRODUCTS = (
    Product("House Blend 250 g", HOUSE, 790, 4),
    Product("House Blend 1 kg", HOUSE, 2750, 1),
    Product("Crane Espresso 250 g", HOUSE, 850, 3),
    Product("Crane Espresso 1 kg", HOUSE, 2990, 1),
    Product("Quiet Night Decaf 250 g", HOUSE, 890, 1),
    Product("Ethiopia Washed 250 g", ORIGIN, 1250, 3),
    Product("Colombia Hillside 250 g", ORIGIN, 1150, 3),
    Product("Kenya Peaberry 250 g", ORIGIN, 1390, 2),
    Product("Guatemala Terrace 250 g", ORIGIN, 1190, 2),
    Product("Roaster's Reserve 200 g", ORIGIN, 1890, 1.2),
    Product("Subscription box 2 x 250 g", BOX, 1490, 3),
    Product("Subscription box 4 x 250 g", BOX, 2790, 1.4),
    Product("Paper filters (100)", GEAR, 590, 4),
    Product("Glass dripper", GEAR, 1990, 1.5),
    Product("French press 0.6 l", GEAR, 3400, 1),
    Product("Brewing scale", GEAR, 4500, 0.8),
    Product("Gooseneck kettle", GEAR, 6400, 0.5),
    Product("Hand grinder", GEAR, 8900, 0.4),
    Product("Gift box, small", GIFTS, 2490, 3),
    Product("Gift box, large", GIFTS, 4490, 1.6),
    Product("Gift voucher", GIFTS, 2500, 1.5),
    Product("Chocolate beans 150 g", GIFTS, 650, 2.5),
    Product("Crane mug", GIFTS, 1400, 1.5),
    Product("Coffee Advent calendar", GIFTS, 3990, 2.5, months=(10, 11, 12)),
    Product("Office carton 6 x 1 kg", OFFICE, 14900, 1),
    Product("Oat drink 6 x 1 l", OFFICE, 1380, 3),
    Product("Sugar sticks (500)", OFFICE, 990, 1),
    Product("Machine cleaner 1 l", OFFICE, 1650, 1.4),
    Product("Green beans 500 g", TREND, 790, 4, from_day=TREND_DAY),
    Product("Green beans 1 kg", TREND, 1450, 2.5, from_day=TREND_DAY),
    Product("Roasting pan", TREND, 3900, 1, from_day=TREND_DAY),
    Product("Home roasting kit", TREND, 5900, 0.7, from_day=TREND_DAY),
)

HABITS = {
    "home_subscribers": Habit(
        rhythm="steady",
        per_year=11.0,
        spread=0.28,
        further_lines=0.2,
        categories={BOX: 0.7, HOUSE: 0.15, ORIGIN: 0.08, GEAR: 0.04, GIFTS: 0.03},
        channels={"web shop": 0.84, "shop": 0.13, "market": 0.03},
        months=(1.05, 1.0, 1.0, 1.0, 0.95, 0.95, 0.85, 0.85, 1.0, 1.05, 1.1, 1.15),
        starts_before=0.7,
    ),
    "weekend_connoisseurs": Habit(
        rhythm="occasional",
        per_year=4.8,
        spread=0.3,
        further_lines=0.9,
        categories={ORIGIN: 0.68, GEAR: 0.12, HOUSE: 0.10, GIFTS: 0.07, TREND: 0.03},
        channels={"shop": 0.58, "market": 0.24, "web shop": 0.18},
        months=(1.15, 1.1, 1.05, 1.0, 0.95, 0.85, 0.7, 0.7, 1.0, 1.15, 1.25, 1.3),
        weekdays=(0.4, 0.4, 0.5, 0.6, 1.1, 3.4, 0.3),
        favours={"Paper filters (100)": 0.7, "Hand grinder": 1.6, "Gooseneck kettle": 1.6},
        starts_before=0.7,
    ),
    "gift_buyers": Habit(
        rhythm="occasional",
        per_year=1.8,
        spread=0.2,
        further_lines=0.7,
        categories={GIFTS: 0.74, GEAR: 0.08, HOUSE: 0.11, ORIGIN: 0.07},
        channels={"web shop": 0.55, "shop": 0.35, "market": 0.1},
        months=(0.15, 0.5, 0.4, 0.9, 1.1, 0.3, 0.2, 0.2, 0.3, 0.9, 4.5, 8.0),
        pieces={GIFTS: 1.45},
        starts_before=0.55,
    ),
    "offices": Habit(
        rhythm="steady",
        per_year=17.0,
        spread=0.28,
        further_lines=0.8,
        categories={HOUSE: 0.56, OFFICE: 0.36, ORIGIN: 0.04, GEAR: 0.03, GIFTS: 0.01},
        channels={"web shop": 0.5, "phone": 0.42, "shop": 0.08},
        months=(1.05, 1.05, 1.05, 1.0, 1.0, 0.95, 0.75, 0.65, 1.05, 1.1, 1.1, 0.75),
        weekdays=(1.3, 1.2, 1.0, 1.0, 0.6, 0.0, 0.0),
        pieces={HOUSE: 2.4, OFFICE: 1.4},
        favours={"House Blend 1 kg": 9.0, "Crane Espresso 1 kg": 8.0, "Quiet Night Decaf 250 g": 0.4},
        starts_before=0.75,
    ),
    "passers_by": Habit(
        rhythm="once",
        per_year=0.25,
        spread=0.5,
        further_lines=0.35,
        categories={HOUSE: 0.78, ORIGIN: 0.1, GIFTS: 0.07, GEAR: 0.05},
        channels={"market": 0.58, "shop": 0.32, "web shop": 0.1},
        months=(0.5, 0.5, 0.7, 0.9, 1.3, 1.5, 1.7, 1.6, 1.1, 0.8, 0.9, 1.2),
        weekdays=(0.7, 0.7, 0.8, 0.9, 1.2, 2.6, 0.3),
    ),
}

TRADE = Trade(
    products=PRODUCTS,
    habits=HABITS,
    sizes={"home_subscribers": 560, "weekend_connoisseurs": 500, "gift_buyers": 700, "offices": 140, "passers_by": 1060},
    closed={"shop": (6,), "market": (0, 1, 2, 3, 4, 6), "phone": (5, 6)},
    rises={0: 100, 397: 106},  # Dearer from 1 February 2025, as green coffee was everywhere.
    moves={
        "home_subscribers": {"home_subscribers": 0.8, "left": 0.13, "weekend_connoisseurs": 0.04, "gift_buyers": 0.03},
        "weekend_connoisseurs": {"weekend_connoisseurs": 0.83, "left": 0.09, "home_subscribers": 0.08},
        "gift_buyers": {"gift_buyers": 0.84, "left": 0.12, "weekend_connoisseurs": 0.04},
        "offices": {"offices": 0.88, "left": 0.12},
        "passers_by": {"passers_by": 0.86, "home_subscribers": 0.06, "weekend_connoisseurs": 0.05, "gift_buyers": 0.03},
    },
    joining={"home_subscribers": 55, "weekend_connoisseurs": 70, "gift_buyers": 30, "offices": 9, "passers_by": 230},
    trend=TREND,
    takes_up={"weekend_connoisseurs": 0.5, "home_subscribers": 0.05, "gift_buyers": 0.01, "passers_by": 0.01},
)
