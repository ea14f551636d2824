"""The sample business for consumers: Kettle & Crane Coffee."""

from segkit.samples.business import Numbers, Plan
from segkit.samples.catalogue import SAMPLES
from segkit.samples.coffee_roaster.people import CONTACTS, CUSTOMER_FILE, SURVEY
from segkit.samples.coffee_roaster.trade import TRADE
from segkit.samples.coffee_roaster.words import WORDS
from segkit.samples.description import Description
from segkit.samples.dirt import OrderDirt

PLAN = Plan(
    seed=20240101,
    trade=TRADE,
    nobody_like="passers_by",
    nobody=210,
    nobody_later=60,
    twins=24,
    silent=45,
    erased=18,
    test_days=(64, 65, 65, 310, 402, 611),
    dirt=OrderDirt(
        cancelled_orders=41,
        returned_lines=130,
        zero_prices=22,
        prices_missing=9,
        undated_orders=5,
        copied_lines=14,
        misspelt_share=0.14,
        misspelt_channel="market",
    ),
    later_dirt=OrderDirt(cancelled_orders=9, returned_lines=30, zero_prices=4, misspelt_share=0.1, misspelt_channel="market"),
    other_dates=("shop", 63, 152, "%d/%m/%Y"),
    ids=Numbers("{:06d}", 101),
    order_numbers=Numbers("K{}", 100001),
)

COFFEE_ROASTER = Description(
    sample=SAMPLES["coffee_roaster"],
    plan=PLAN,
    customer_file=CUSTOMER_FILE,
    contacts=CONTACTS,
    words=WORDS,
    survey=SURVEY,
)
