"""The packaging wholesaler's price list and the habits of its four planted segments."""

from segkit.samples.habits import BASELINE_DAYS, WORKING_DAYS, Habit, Product, Trade

BOXES, MAILERS, TAPE, FOOD = "Shipping boxes", "Mailers", "Tape and filling", "Food packaging"
HEAVY, FILM, OFFICE = "Heavy-duty cartons", "Pallets and film", "Office and moving"
TREND = "Returnable packaging"
TREND_DAY = BASELINE_DAYS - 61
"""1 November 2025: returnable mailers are on the list; a handful of firms try them."""

PRODUCTS = (
    Product("Folding box S (bundle of 25)", BOXES, 980, 4, 0.66),
    Product("Folding box M (bundle of 25)", BOXES, 1490, 4, 0.66),
    Product("Folding box L (bundle of 20)", BOXES, 1890, 2, 0.68),
    Product("Bottle box (bundle of 10)", BOXES, 1650, 0.8, 0.6),
    Product("Paper mailer A4 (100)", MAILERS, 2150, 3, 0.58),
    Product("Padded mailer (100)", MAILERS, 2690, 3, 0.6),
    Product("Book wrap (50)", MAILERS, 2380, 1.5, 0.58),
    Product("Paper tape (carton of 36)", TAPE, 5900, 2.5, 0.62),
    Product("Packing tape (carton of 36)", TAPE, 4200, 2.5, 0.68),
    Product("Crinkle paper 10 kg", TAPE, 2950, 1.6, 0.55),
    Product("Filling chips 500 l", TAPE, 2690, 1, 0.6),
    Product("Bakery bag (1,000)", FOOD, 3450, 3, 0.62),
    Product("Salad bowl with lid (300)", FOOD, 6300, 2, 0.64),
    Product("Board tray (500)", FOOD, 4800, 2, 0.63),
    Product("Soup cup (500)", FOOD, 5200, 1.4, 0.65),
    Product("Greaseproof paper (1,000)", FOOD, 2750, 1.2, 0.58),
    Product("Double-wall carton (pallet of 200)", HEAVY, 31200, 3, 0.76),
    Product("Container with lid (20)", HEAVY, 16400, 1.5, 0.75),
    Product("Edge protector (500)", HEAVY, 8700, 1.4, 0.7),
    Product("Stretch film (pallet of 120)", FILM, 39500, 2.5, 0.8),
    Product("Pallet (stack of 15)", FILM, 18900, 2, 0.8),
    Product("Strapping band (20 rolls)", FILM, 21500, 1.3, 0.76),
    Product("Moving box (bundle of 10)", OFFICE, 2490, 3, 0.5),
    Product("Archive box (bundle of 20)", OFFICE, 3900, 2, 0.48),
    Product("Poster tube (25)", OFFICE, 3300, 1, 0.46),
    Product("Bubble film 50 m", OFFICE, 2850, 1.6, 0.5),
    Product("Returnable mailer M (20)", TREND, 8900, 3, 0.56, from_day=TREND_DAY),
    Product("Returnable mailer L (20)", TREND, 10900, 2, 0.56, from_day=TREND_DAY),
    Product("Folding crate with deposit (5)", TREND, 7400, 1.4, 0.58, from_day=TREND_DAY),
)

HABITS = {
    "web_merchants": Habit(
        rhythm="steady",
        per_year=16.0,
        spread=0.25,
        further_lines=0.9,
        categories={BOXES: 0.37, MAILERS: 0.24, TAPE: 0.22, OFFICE: 0.1, FOOD: 0.03, FILM: 0.03, TREND: 0.01},
        channels={"web shop": 0.83, "e-mail": 0.12, "phone": 0.05},
        months=(0.9, 0.85, 0.9, 0.95, 0.95, 0.9, 0.85, 0.9, 1.05, 1.2, 1.6, 1.35),
        weekdays=(1.2, 1.1, 1.0, 1.0, 0.9, 0.3, 0.3),
        pieces={BOXES: 6.5, MAILERS: 3.4, TAPE: 1.8},
        starts_before=0.65,
    ),
    "food_makers": Habit(
        rhythm="steady",
        per_year=9.0,
        spread=0.25,
        further_lines=1.0,
        categories={FOOD: 0.6, BOXES: 0.18, TAPE: 0.12, OFFICE: 0.06, FILM: 0.04},
        channels={"phone": 0.58, "sales visit": 0.22, "web shop": 0.12, "e-mail": 0.08},
        months=(0.8, 0.85, 0.9, 1.0, 1.15, 1.25, 1.25, 1.2, 1.0, 0.95, 0.95, 1.1),
        weekdays=WORKING_DAYS,
        pieces={FOOD: 7.0, BOXES: 4.0, TAPE: 1.6},
        starts_before=0.75,
    ),
    "factories": Habit(
        rhythm="steady",
        per_year=8.0,
        spread=0.25,
        further_lines=1.2,
        categories={HEAVY: 0.36, FILM: 0.34, TAPE: 0.18, BOXES: 0.12},
        channels={"e-mail": 0.56, "sales visit": 0.28, "phone": 0.13, "web shop": 0.03},
        months=(1.05, 1.05, 1.05, 1.0, 1.0, 1.0, 0.8, 0.7, 1.05, 1.1, 1.05, 0.7),
        weekdays=WORKING_DAYS,
        pieces={HEAVY: 6.0, FILM: 6.5, TAPE: 7.0, BOXES: 18.0},
        starts_before=0.85,
    ),
    "now_and_then": Habit(
        rhythm="occasional",
        per_year=1.7,
        spread=0.35,
        further_lines=0.6,
        categories={OFFICE: 0.48, BOXES: 0.23, TAPE: 0.15, MAILERS: 0.09, FOOD: 0.05},
        channels={"phone": 0.4, "e-mail": 0.34, "web shop": 0.26},
        months=(0.9, 0.9, 1.1, 1.0, 1.1, 1.3, 1.3, 0.9, 1.1, 0.9, 0.8, 0.5),
        weekdays=WORKING_DAYS,
        pieces={OFFICE: 3.5, BOXES: 3.0, TAPE: 1.2, MAILERS: 1.5},
        starts_before=0.6,
    ),
}

TRADE = Trade(
    products=PRODUCTS,
    habits=HABITS,
    sizes={"web_merchants": 136, "food_makers": 100, "factories": 54, "now_and_then": 110},
    closed={"phone": (5, 6), "sales visit": (5, 6)},
    rises={0: 100, 456: 104},  # Dearer from 1 April 2025.
    moves={
        "web_merchants": {"web_merchants": 0.83, "left": 0.1, "now_and_then": 0.07},
        "food_makers": {"food_makers": 0.86, "left": 0.08, "now_and_then": 0.06},
        "factories": {"factories": 0.93, "left": 0.07},
        "now_and_then": {"now_and_then": 0.77, "left": 0.13, "web_merchants": 0.1},
    },
    joining={"web_merchants": 18, "food_makers": 6, "factories": 2, "now_and_then": 12},
    trend=TREND,
    takes_up={"web_merchants": 0.5, "food_makers": 0.04, "now_and_then": 0.03},
    trend_pieces=1.6,
    lean=0.5,
    taste=0.9,
)
