"""The sample business for businesses: Tern & Tape Packaging."""

from segkit.samples.business import Numbers, Plan
from segkit.samples.catalogue import SAMPLES
from segkit.samples.description import Description
from segkit.samples.dirt import OrderDirt
from segkit.samples.packaging_wholesaler.people import CONTACTS, CUSTOMER_FILE
from segkit.samples.packaging_wholesaler.trade import TRADE
from segkit.samples.packaging_wholesaler.words import WORDS

PLAN = Plan(
    seed=20240102,
    trade=TRADE,
    nobody_like="now_and_then",
    nobody=12,
    nobody_later=3,
    twins=7,
    silent=9,
    erased=3,
    test_days=(120, 121, 500),
    dirt=OrderDirt(
        cancelled_orders=24,
        returned_lines=60,
        zero_prices=12,
        prices_missing=6,
        undated_orders=4,
        copied_lines=8,
        misspelt_share=0.1,
        misspelt_channel="phone",
    ),
    later_dirt=OrderDirt(cancelled_orders=6, returned_lines=14, zero_prices=2, misspelt_share=0.05, misspelt_channel="phone"),
    other_dates=("phone", 244, 334, "%d.%m.%Y"),
    ids=Numbers("F-{}", 1001),
    order_numbers=Numbers("T{}", 200001),
    with_margin=True,
    discounts={"web_merchants": 4, "food_makers": 5, "factories": 9},
)

PACKAGING_WHOLESALER = Description(
    sample=SAMPLES["packaging_wholesaler"],
    plan=PLAN,
    customer_file=CUSTOMER_FILE,
    contacts=CONTACTS,
    words=WORDS,
)
