"""What columns are taken for, by name and by content."""

from dataclasses import replace

import pytest

from segkit.core.data.roles.columns import ColumnSummary
from segkit.core.data.roles.guess import grain_of, infer_roles
from segkit.core.data.roles.lexicon import named_base, named_role, personal_by_content, personal_by_name, spaced, squash
from segkit.words.terms import Base, FileKind, Grain, Role

ROWS = 1000


def text(name, distinct, *examples):
    return ColumnSummary(name, ROWS, ROWS, distinct, 0, 0, None, None, None, None, None, examples)


def number(name, distinct=500, examples=("1", "2", "3"), low=0.0, high=90.0, skew=2.0):
    return ColumnSummary(name, ROWS, ROWS, distinct, ROWS, 0, low, high, 9.0, 9000.0, skew, tuple(examples))


def date(name, *examples):
    return ColumnSummary(name, ROWS, ROWS, 300, 0, ROWS, None, None, None, None, None, examples or ("2024-01-05", "2024-02-06"))


def roles(*summaries, kind=FileKind.ORDERS, choices=()):
    return {role.column: role for role in infer_roles(summaries, kind, choices)}


@pytest.mark.parametrize(
    ("name", "role"),
    [
        ("CustomerID", Role.CUSTOMER),
        ("Kunden-Nr.", Role.CUSTOMER),
        ("id_client", Role.CUSTOMER),
        ("numero cliente", Role.CUSTOMER),
        ("CUSTOMERNAME", Role.CUSTOMER),
        ("InvoiceNo", Role.ORDER),
        ("ORDERNUMBER", Role.ORDER),
        ("Rechnungsnummer", Role.ORDER),
        ("N° commande", Role.ORDER),
        ("Bestell-Nr", Role.ORDER),
        ("order_date", Role.DATE),
        ("Rechnungsdatum", Role.DATE),
        ("date de commande", Role.DATE),
        ("Fecha", Role.DATE),
        ("QUANTITYORDERED", Role.QUANTITY),
        ("Menge", Role.QUANTITY),
        ("Quantité", Role.QUANTITY),
        ("UnitPrice", Role.PRICE),
        ("PRICEEACH", Role.PRICE),
        ("Einzelpreis", Role.PRICE),
        ("Umsatz", Role.AMOUNT),
        ("Betrag (EUR)", Role.AMOUNT),
        ("montant", Role.AMOUNT),
        ("dollar_value", Role.AMOUNT),
        ("Order Status", Role.STATUS),
        ("sales_channel", Role.CHANNEL),
        ("PRODUCTLINE", Role.PRODUCT),
        ("Warengruppe", Role.PRODUCT),
        ("Deckungsbeitrag", Role.MARGIN),
    ],
)
def test_names_in_several_languages(name, role):
    assert named_role(name)[0][0] is role


@pytest.mark.parametrize(
    ("name", "base"),
    [
        ("Country", Base.GEOGRAPHIC),
        ("postal_code", Base.GEOGRAPHIC),
        ("Year_Birth", Base.DEMOGRAPHIC),
        ("Familienstand", Base.DEMOGRAPHIC),
        ("employees", Base.FIRMOGRAPHIC),
        ("decision_maker_title", Base.FIRMOGRAPHIC),
        ("AcceptedCmp3", Base.BEHAVIOURAL),
        ("price_sensitivity", Base.PSYCHOGRAPHIC),
        ("xyz", None),
    ],
)
def test_bases(name, base):
    assert named_base(name) is base


def test_words_of_a_name():
    assert spaced("MntFishProducts") == "mnt fish products"
    assert spaced("Kunden-Nr.") == "kunden nr"
    assert squash("Straße & Größe") == "strassegrosse"


ORDER_FILE = (
    text("InvoiceNo", 400, "536365"),
    date("InvoiceDate"),
    text("CustomerID", 200, "17850"),
    number("Quantity"),
    number("UnitPrice"),
    text("Description", 300, "WHITE METAL LANTERN"),
    text("Country", 20, "France", "Germany"),
)


def test_a_file_of_order_lines():
    found = roles(*ORDER_FILE)
    assert [role.role for role in found.values()] == [
        Role.ORDER, Role.DATE, Role.CUSTOMER, Role.QUANTITY, Role.PRICE, Role.PRODUCT, Role.CATEGORY,
    ]  # fmt: skip
    assert found["Country"].base is Base.GEOGRAPHIC
    assert grain_of(tuple(found.values()), ORDER_FILE, FileKind.ORDERS) is Grain.ORDER_LINE


def test_one_row_an_order():
    file = (replace(ORDER_FILE[0], distinct=ROWS), *ORDER_FILE[1:3], number("Amount"))
    assert grain_of(tuple(roles(*file).values()), file, FileKind.ORDERS) is Grain.ORDER


def test_a_person_wins():
    found = roles(*ORDER_FILE, choices=[("Country", Role.IGNORE), ("Description", Role.CUSTOMER)])
    assert (found["Country"].role, found["Country"].by_person, found["Country"].confidence) == (Role.IGNORE, True, 1.0)
    assert found["Description"].role is Role.CUSTOMER
    assert found["CustomerID"].role is not Role.CUSTOMER


def test_the_id_is_preferred_to_the_name():
    found = roles(date("date"), text("customer_name", 200, "Miller Ltd"), text("customer_id", 200, "7"), number("amount"))
    assert found["customer_id"].role is Role.CUSTOMER
    assert found["customer_name"].role is Role.PERSONAL


def test_an_e_mail_address_stands_in_for_the_customer():
    mails = tuple(f"p{i}@shop.example" for i in range(20))
    found = roles(date("date"), text("contact", 200, *mails), number("amount"))
    assert found["contact"].role is Role.CUSTOMER


def test_one_row_a_customer_by_unique_id():
    file = (
        text("customer_id", ROWS, "7"),
        number("MntWines"),
        number("NumWebPurchases"),
        number("NumDealsPurchases"),
        number("Recency"),
    )
    found = roles(*file)
    assert [role.role for role in found.values()] == [Role.CUSTOMER, Role.AMOUNT, Role.FREQUENCY, Role.NUMBER, Role.RECENCY]
    assert grain_of(tuple(found.values()), file, FileKind.ORDERS) is Grain.CUSTOMER


def test_constant_and_empty_columns():
    found = roles(*ORDER_FILE, number("Z_Revenue", distinct=1), replace(text("x", 0), filled=0))
    assert (found["Z_Revenue"].role, found["x"].role) == (Role.CONSTANT, Role.CONSTANT)


@pytest.mark.parametrize(
    "name",
    ["Name", "first_name", "E-Mail", "Telefon", "Phone", "ADDRESSLINE1", "Straße", "Geburtsdatum", "IBAN", "ContactName"],
)
def test_personal_by_name(name):
    assert personal_by_name(name)


@pytest.mark.parametrize(
    "name", ["product_name", "campaign", "phone_orders", "town", "Category", "street_market_visits", "region"]
)
def test_not_personal_by_name(name):
    assert not personal_by_name(name)


@pytest.mark.parametrize(
    ("examples", "what"),
    [
        ([f"user{i}@mail.example" for i in range(9)], "e-mail addresses"),
        (["+49 30 1234567", "030-0074321", "(171) 555-7788", "26.47.1555"], "telephone numbers"),
        (["Obere Str. 57", "120 Hanover Sq.", "59 rue de l'Abbaye", "Kirchgasse 6"], "street addresses"),
        (
            ["Anna Meyer", "Peter Lang", "Maria Anders", "Jean Fresnière", "Thomas Hardy", "Laura B.", "Karl K.", "Lena O."],
            "names of people",
        ),
        (["DE89370400440532013000", "GB29NWBK60161331926819", "FR1420041010050500013M02606"], "account numbers"),
        (["2024-01-05", "2024-02-06", "2024-03-07"], ""),
        (["12.50", "13.75", "100.00"], ""),
        (["17850", "13047", "12583"], ""),
        (["Berlin", "London", "Paris", "Roma", "Wien", "Oslo", "Bern", "Graz"], ""),
        (["WHITE METAL LANTERN", "SET 7 BABUSHKA NESTING BOXES", "HAND WARMER UNION JACK"], ""),
    ],
)
def test_personal_by_content(examples, what):
    assert personal_by_content(tuple(examples)) == what


def test_hidden_personal_data_are_found():
    births = tuple(f"{1940 + 2 * i}-03-0{1 + i % 9}" for i in range(30))
    found = roles(
        text("customer_id", ROWS, "7"),
        date("d1", *births),
        text("k", 900, *(f"u{i}@x.example" for i in range(9))),
        kind=FileKind.CUSTOMERS,
    )
    assert (found["d1"].role, found["k"].role) == (Role.PERSONAL, Role.PERSONAL)


def test_survey_answers_are_psychographic():
    found = roles(
        text("customer_id", ROWS, "7"), number("q1", 5), text("yummy", 2, "Yes", "No"), number("Age", 60), kind=FileKind.SURVEY
    )
    assert [found[name].base for name in ("q1", "yummy", "Age")] == [Base.PSYCHOGRAPHIC, Base.PSYCHOGRAPHIC, Base.DEMOGRAPHIC]


def test_spend_without_a_name_has_low_confidence_and_says_so():
    found = roles(*(number(name) for name in ("Fresh", "Milk", "Frozen")), number("Region", 3))
    assert [found[name].role for name in ("Fresh", "Milk", "Frozen", "Region")] == [Role.AMOUNT] * 3 + [Role.CATEGORY]
    assert found["Milk"].confidence < 0.5
    assert found["Milk"].reason == (
        "one of 3 columns of skewed numbers without negative ones: taken for money spent by product group; please check"
    )


def test_every_column_has_a_role_a_reason_and_a_confidence():
    for role in roles(*ORDER_FILE).values():
        assert role.reason and 0 < role.confidence <= 1
