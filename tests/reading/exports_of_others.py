"""Exports such as other programs write, made up: the columns and ways of writing are theirs, the content is nobody's."""

import datetime as dt
import random
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from segkit.words.terms import FileKind

ORDERS, CUSTOMERS, SURVEY = FileKind.ORDERS, FileKind.CUSTOMERS, FileKind.SURVEY
GIVEN = "Anna Peter Maria Thomas Laura Jean Clara Hugo Nina Oskar Lena Felix Julia Marco Emma Paul".split()
FAMILY = "Ackerl Brunnow Castelk Dorning Elswick Farrendo Gustavik Hollmer Isbrand Jorvik Kestrin Lommer".split()
TOWNS = "Ashby,Brunnfeld,Castelmare,Dorning,Elstead,Farholm".split(",")
LANDS = "Germany,France,Spain,Netherlands".split(",")
GOODS = [
    f"{a} {b}" for a in ("Oak", "Linen", "Clay", "Cork", "Wool") for b in ("tray", "cushion", "mug", "mat", "throw", "lamp")
]


@dataclass(frozen=True)
class Line:
    """One line of an order, or (with ``order`` = ``i``) one row a customer."""

    i: int
    order: int
    first: bool
    customer: int
    day: dt.datetime
    item: int
    quantity: int
    cents: int
    dice: random.Random

    @property
    def name(self) -> str:
        return f"{GIVEN[self.customer % len(GIVEN)]} {FAMILY[self.customer // 3 % len(FAMILY)]}"

    @property
    def mail(self) -> str:
        return f"{self.name.lower().replace(' ', '.')}{self.customer}@post.example"

    @property
    def street(self) -> str:
        return f"{GIVEN[self.customer % 7]}weg {1 + self.customer % 90}"

    @property
    def town(self) -> str:
        return TOWNS[self.customer % 6]

    @property
    def land(self) -> str:
        return LANDS[self.customer % 4]

    @property
    def postcode(self) -> str:
        return f"{10000 + 37 * (self.customer % 200)}"

    @property
    def phone(self) -> str:
        return f"+999 555 {1000 + self.customer}"

    @property
    def product(self) -> str:
        return GOODS[self.item]

    @property
    def group(self) -> str:
        return GOODS[self.item].split()[0]

    def price(self, sign: str = ".", decimals: int = 2) -> str:
        return f"{self.cents / 100:.{decimals}f}".replace(".", sign)

    def total(self, sign: str = ".", factor: float = 1) -> str:
        return f"{factor * self.quantity * self.cents / 100:.2f}".replace(".", sign)

    def at(self, how: str) -> str:
        return self.day.strftime(how)

    def pick(self, *texts: str) -> str:
        return self.dice.choice(texts)


Cell = Callable[[Line], str]


@dataclass(frozen=True)
class Export:
    """One made-up export: its columns as (header, what they truly are, how a cell is made).

    The truth is "role" or "role/base"; "a|b" where both would be right. ``keys`` names the columns that hold the file together.
    """

    name: str
    kind: FileKind
    delimiter: str
    columns: tuple[tuple[str, str, Cell], ...]
    keys: dict[str, str | None]
    encoding: str = "utf-8"

    def write(self, folder: Path, rows: int = 600) -> Path:
        """Write the export into a folder."""
        path = folder / f"{self.name}.csv"
        lines = _lines(rows) if self.kind is ORDERS else _people(rows // 2)
        table = [self.delimiter.join(_quoted(header, self.delimiter) for header, _, _ in self.columns)]
        table += [self.delimiter.join(_quoted(cell(line), self.delimiter) for _, _, cell in self.columns) for line in lines]
        path.write_bytes(("\r\n".join(table) + "\r\n").encode(self.encoding))
        return path


def _quoted(text: str, delimiter: str) -> str:
    return f'"{text}"' if delimiter in text or " " in text else text


def _lines(rows: int) -> list[Line]:
    dice = random.Random(7)
    lines: list[Line] = []
    order, day = 0, dt.datetime(2023, 1, 3, 9, 5, 12)
    while len(lines) < rows:
        order, day = order + 1, day + dt.timedelta(days=dice.randint(0, 3), minutes=dice.randint(1, 200))
        customer = min(int(dice.expovariate(0.012)), 199)
        for position in range(dice.choice((1, 1, 2, 3))):
            item, cents = dice.randrange(len(GOODS)), dice.randint(290, 9990)
            lines.append(
                Line(len(lines), order, position == 0, customer, day, item, dice.choice((1, 1, 1, 2, 3, 6)), cents, dice)
            )
    return lines[:rows]


def _people(rows: int) -> list[Line]:
    dice = random.Random(11)
    start = dt.datetime(2019, 2, 1, 8)
    return [
        Line(i, i, True, i, start + dt.timedelta(days=dice.randint(0, 1800)), dice.randrange(30), dice.randint(1, 9),
             int(dice.lognormvariate(8, 1)), dice)
        for i in range(rows)
    ]  # fmt: skip


GEO, DEMO, PSY, DO, FIRM = (
    f"/{base}" for base in ("geographic", "demographic", "psychographic", "behavioural", "firmographic")
)

EXPORTS = (
    Export(
        "shopify_orders",
        ORDERS,
        ",",
        (
            ("Name", "order", lambda r: f"#{1000 + r.order}"),
            ("Email", "customer", lambda r: r.mail),
            ("Financial Status", "status", lambda r: r.pick("paid", "paid", "paid", "refunded")),
            ("Paid at", "ignore", lambda r: r.at("%Y-%m-%d %H:%M:%S +0100")),
            ("Fulfillment Status", "category|ignore", lambda r: r.pick("fulfilled", "unfulfilled")),
            ("Accepts Marketing", "category/behavioural|category/psychographic", lambda r: r.pick("yes", "no")),
            ("Currency", "constant", lambda r: "EUR"),
            ("Subtotal", "amount|ignore", lambda r: r.total() if r.first else ""),
            ("Shipping", "ignore", lambda r: r.pick("4.90", "0.00") if r.first else ""),
            ("Taxes", "ignore", lambda r: r.total(factor=0.19) if r.first else ""),
            ("Total", "amount|ignore", lambda r: r.total(factor=1.19) if r.first else ""),
            ("Discount Code", "category", lambda r: r.pick("", "", "SPRING", "HELLO10")),
            ("Discount Amount", "ignore", lambda r: r.pick("0.00", "5.00") if r.first else ""),
            ("Created at", "date", lambda r: r.at("%Y-%m-%d %H:%M:%S +0100")),
            ("Lineitem quantity", "quantity", lambda r: str(r.quantity)),
            ("Lineitem name", "product", lambda r: r.product),
            ("Lineitem price", "price", lambda r: r.price()),
            ("Lineitem sku", "product", lambda r: f"SKU-{r.item:03d}"),
            ("Billing Name", "personal", lambda r: r.name),
            ("Billing Street", "personal", lambda r: r.street),
            ("Billing City", "category/geographic", lambda r: r.town),
            ("Billing Zip", "category/geographic", lambda r: r.postcode),
            ("Billing Country", "category/geographic", lambda r: r.land),
            ("Notes", "free_text", lambda r: r.pick("please ring", "leave it with the neighbour, thank you", "a present", "")),
            ("Payment Method", "category/behavioural", lambda r: r.pick("Card", "Invoice", "PayPal")),
            ("Vendor", "product|category", lambda r: f"Studio {r.item % 4}"),
            ("Phone", "personal", lambda r: r.phone),
        ),
        {"customer": "Email", "order": "Name", "date": "Created at", "amount": None},
    ),
    Export(
        "woocommerce_orders",
        ORDERS,
        ",",
        (
            ("order_id", "order", lambda r: str(5000 + r.order)),
            ("order_number", "ignore|order", lambda r: str(5000 + r.order)),
            ("date", "date", lambda r: r.at("%Y-%m-%d %H:%M:%S")),
            ("paid_date", "ignore", lambda r: r.at("%Y-%m-%d %H:%M:%S")),
            ("status", "status", lambda r: r.pick("completed", "completed", "processing", "cancelled")),
            ("customer_id", "customer", lambda r: str(20 + r.customer)),
            ("billing_first_name", "personal", lambda r: r.name.split()[0]),
            ("billing_last_name", "personal", lambda r: r.name.split()[1]),
            ("billing_email", "personal", lambda r: r.mail),
            ("billing_postcode", "category/geographic", lambda r: r.postcode),
            ("billing_city", "category/geographic", lambda r: r.town),
            ("billing_country", "category/geographic", lambda r: r.land[:2].upper()),
            ("payment_method", "category/behavioural", lambda r: r.pick("bacs", "stripe", "paypal")),
            ("item_name", "product", lambda r: r.product),
            ("item_quantity", "quantity", lambda r: str(r.quantity)),
            ("item_total", "amount", lambda r: r.total()),
            ("customer_note", "free_text", lambda r: r.pick("", "", "thanks!", "gift wrap please", "after six")),
        ),
        {"customer": "customer_id", "order": "order_id", "date": "date", "amount": "item_total"},
    ),
    Export(
        "square_items",
        ORDERS,
        ",",
        (
            ("Date", "date", lambda r: r.at("%m/%d/%y")),
            ("Time", "ignore", lambda r: r.at("%H:%M:%S")),
            ("Category", "product", lambda r: r.group),
            ("Item", "product", lambda r: r.product),
            ("Qty", "quantity", lambda r: f"{r.quantity}.0"),
            ("SKU", "product", lambda r: f"{r.item:04d}"),
            ("Gross Sales", "amount|ignore", lambda r: f"${r.total()}"),
            ("Discounts", "ignore", lambda r: r.pick("$0.00", "-$1.00")),
            ("Net Sales", "amount|ignore", lambda r: f"${r.total()}"),
            ("Tax", "ignore", lambda r: f"${r.total(factor=0.07)}"),
            ("Transaction ID", "order", lambda r: f"tx{r.order * 7919:09x}"),
            ("Payment ID", "ignore", lambda r: f"pay{r.order * 104729:012x}"),
            ("Device Name", "category/behavioural|channel", lambda r: r.pick("Till 1", "Till 2")),
            ("Customer ID", "customer", lambda r: f"CU{r.customer * 31:06d}"),
            ("Customer Name", "personal", lambda r: r.name),
            ("Location", "category/geographic", lambda r: r.pick("Harbour", "Market")),
        ),
        {"customer": "Customer ID", "order": "Transaction ID", "date": "Date", "amount": "Gross Sales|Net Sales"},
    ),
    Export(
        "stripe_payments",
        ORDERS,
        ",",
        (
            ("id", "order", lambda r: f"ch_{r.i * 99991:010x}"),
            ("Created date (UTC)", "date", lambda r: r.at("%Y-%m-%d %H:%M:%S")),
            ("Amount", "amount", lambda r: r.total(",")),
            ("Amount Refunded", "ignore", lambda r: r.pick("0,00", "0,00", "12,50")),
            ("Currency", "constant", lambda r: "eur"),
            ("Fee", "ignore", lambda r: r.total(",", 0.03)),
            ("Status", "status", lambda r: r.pick("Paid", "Paid", "Refunded")),
            ("Customer ID", "customer", lambda r: f"cus_{r.customer * 7907:08x}"),
            ("Customer Email", "personal", lambda r: r.mail),
            ("Card Brand", "category/behavioural", lambda r: r.pick("Visa", "Mastercard")),
            ("Description", "product|free_text", lambda r: r.product),
        ),
        {"customer": "Customer ID", "order": "id", "date": "Created date (UTC)", "amount": "Amount"},
    ),
    Export(
        "xero_invoices",
        ORDERS,
        ",",
        (
            ("ContactName", "customer", lambda r: f"{r.name.split()[1]} Joinery {r.customer}"),
            ("EmailAddress", "personal", lambda r: r.mail),
            ("POCity", "category/geographic", lambda r: r.town),
            ("POCountry", "category/geographic", lambda r: r.land),
            ("InvoiceNumber", "order", lambda r: f"INV-{r.order:04d}"),
            ("Reference", "ignore|free_text", lambda r: f"PO{r.order * 3}"),
            ("InvoiceDate", "date", lambda r: r.at("%d %b %Y")),
            ("DueDate", "ignore", lambda r: (r.day + dt.timedelta(days=30)).strftime("%d %b %Y")),
            ("Description", "product", lambda r: r.product),
            ("Quantity", "quantity", lambda r: f"{r.quantity}.0000"),
            ("UnitAmount", "price", lambda r: r.price(decimals=4)),
            ("LineAmount", "amount", lambda r: r.total()),
            ("AccountCode", "category|ignore|product", lambda r: r.pick("200", "260")),
            ("TaxType", "category|ignore", lambda r: r.pick("20% VAT", "Zero rated")),
            ("Status", "status", lambda r: r.pick("Paid", "Awaiting payment")),
        ),
        {"customer": "ContactName", "order": "InvoiceNumber", "date": "InvoiceDate", "amount": "LineAmount"},
    ),
    Export(
        "quickbooks_sales",
        ORDERS,
        ",",
        (
            ("Date", "date", lambda r: r.at("%m/%d/%Y")),
            ("Transaction Type", "category/behavioural|status", lambda r: r.pick("Invoice", "Sales Receipt")),
            ("Num", "order", lambda r: str(1000 + r.order)),
            ("Customer", "customer", lambda r: f"{r.name} {r.customer}"),
            ("Memo/Description", "product|free_text", lambda r: r.product),
            ("Product/Service", "product", lambda r: r.product),
            ("Qty", "quantity", lambda r: str(r.quantity)),
            ("Sales Price", "price", lambda r: r.price()),
            ("Amount", "amount", lambda r: f"{r.quantity * r.cents / 100:,.2f}"),
            ("Balance", "ignore", lambda r: r.pick("0.00", "12.00")),
        ),
        {"customer": "Customer", "order": "Num", "date": "Date", "amount": "Amount"},
    ),
)
