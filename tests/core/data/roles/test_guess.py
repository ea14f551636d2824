"""What columns are taken for, by name and by content."""

from dataclasses import replace

import pytest

from segkit.core.data.roles.columns import ColumnSummary
from segkit.core.data.roles.guess import grain_of, infer_roles, is_by_order
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
    ["Name", "first_name", "E-Mail", "Telefon", "Phone", "ADDRESSLINE1", "Straße", "Geburtsdatum", "IBAN", "ContactName",
     "OPTIN_IP", "Client IP", "ipAddress", "customer_ip_v6", "Adresse IP"],
)  # fmt: skip
def test_personal_by_name(name):
    assert personal_by_name(name)


@pytest.mark.parametrize(
    "name",
    [
        "product_name",
        "campaign",
        "phone_orders",
        "town",
        "Category",
        "street_market_visits",
        "region",
        "vip",
        "IP rating",
        "ship",
    ],
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
        (["203.0.113.5", "198.51.100.7", "192.0.2.44"], "IP addresses"),
        (["2001:db8::1", "2001:db8:85a3::8a2e:370:7334", "203.0.113.5, 10.0.0.1", "203.0.113.9:443"], "IP addresses"),
        (["1.2.10.3", "1.2.11.0", "2.0.0.1"], ""),
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
        "one of 3 columns of skewed numbers with no negatives: read as money spent by product group; please check"
    )


def test_every_column_has_a_role_a_reason_and_a_confidence():
    for role in roles(*ORDER_FILE).values():
        assert role.reason and 0 < role.confidence <= 1


# What a column that holds nothing together tells, beside those that do.

CUSTOMERS = (text("customer_id", ROWS, "7"), date("member since"))
ORDERS = (text("customer_id", 200, "7"), date("order_date"), text("order_id", 900, "17"))
SURVEY = (text("customer_id", ROWS, "7"),)
PLACE = {FileKind.CUSTOMERS: CUSTOMERS, FileKind.ORDERS: ORDERS, FileKind.SURVEY: SURVEY, FileKind.CONTACTS: ORDERS[:2]}
BIRTHS = tuple(f"{1940 + 2 * i}-03-07" for i in range(30))
AN_AMOUNT = number("amount")


def seen(column, kind, *beside):
    """What a column is taken for in a file of that kind, how surely and why."""
    found = roles(*PLACE[kind], *beside, column, kind=kind)[column.name]
    return found.role, found.confidence, found.reason


def with_(summary, **others):
    return replace(summary, **others)


@pytest.mark.parametrize(
    ("column", "role", "confidence"),
    [
        (with_(text("x", 0), filled=0), Role.CONSTANT, 1.0),
        (text("x", 1, "a"), Role.CONSTANT, 1.0),
        (text("x", 2, "a"), Role.CATEGORY, 0.65),
        (text("birthday", 900, "1980"), Role.PERSONAL, 0.95),
        (number("birth year"), Role.NUMBER, 0.8),
        (with_(number("birth year"), numbers=501), Role.NUMBER, 0.8),
        (with_(number("birth year"), numbers=500), Role.PERSONAL, 0.95),
        (with_(number("birth year"), dates=500), Role.NUMBER, 0.8),
        (with_(number("birth year"), dates=501), Role.PERSONAL, 0.95),
        (date("d", *BIRTHS), Role.PERSONAL, 0.8),
        (with_(date("d", *BIRTHS), dates=500, distinct=40), Role.CATEGORY, 0.65),
        (date("d"), Role.DATE, 0.4),
        (with_(date("d"), dates=500, distinct=40), Role.CATEGORY, 0.65),
        (with_(date("d"), numbers=501), Role.NUMBER, 0.8),
        (text("churn", 2, "a", "b"), Role.LEAK, 0.9),
        (number("mobile", 10), Role.NUMBER, 0.8),
        (number("mobile", 11), Role.PERSONAL, 0.95),
        (text("mobile", 5, "a"), Role.PERSONAL, 0.95),
        (text("k", 900, *(f"u{i}@x.example" for i in range(9))), Role.PERSONAL, 0.8),
        (text("notes", 900, "a"), Role.FREE_TEXT, 0.9),
        (number("feedback"), Role.NUMBER, 0.8),
        (number("channel", 60), Role.CHANNEL, 0.7),
        (number("channel", 61), Role.CATEGORY, 0.7),
        (number("zip", 61), Role.CATEGORY, 0.7),
        (number("zip", 3), Role.CATEGORY, 0.7),
        (number("Recency"), Role.RECENCY, 0.9),
        (number("order count"), Role.FREQUENCY, 0.9),
        (number("NumDealsPurchases"), Role.NUMBER, 0.7),
        (number("profit"), Role.MARGIN, 0.9),
        (number("amount"), Role.AMOUNT, 0.85),
        (number("Menge"), Role.NUMBER, 0.8),
        (number("deal total"), Role.AMOUNT, 0.65),
        (text("about me", 501, "a"), Role.FREE_TEXT, 0.7),
        (text("about me", 500, "a"), Role.CATEGORY, 0.65),
        (with_(text("about me", 61, "a"), filled=100), Role.FREE_TEXT, 0.7),
        (with_(text("about me", 60, "a"), filled=100), Role.CATEGORY, 0.65),
        (text("city", 501, "a"), Role.CATEGORY, 0.85),
        (text("Kanal", 3, "a"), Role.CHANNEL, 0.8),
        (text("first channel", 3, "a"), Role.CHANNEL, 0.8),
        (text("city", 3, "a"), Role.CATEGORY, 0.85),
        (with_(number("y", 50), numbers=500), Role.CATEGORY, 0.65),
        (with_(number("y", 50), numbers=501), Role.NUMBER, 0.8),
    ],
)
def test_a_column_about_customers(column, role, confidence):
    assert seen(column, FileKind.CUSTOMERS)[:2] == (role, confidence)


@pytest.mark.parametrize(
    ("column", "role", "confidence"),
    [
        (number("Recency"), Role.NUMBER, 0.8),
        (number("NumDealsPurchases"), Role.NUMBER, 0.7),
        (number("order count"), Role.NUMBER, 0.7),
        (number("q3"), Role.NUMBER, 0.8),
    ],
)
def test_figures_of_a_survey_are_answers(column, role, confidence):
    assert seen(column, FileKind.SURVEY)[:2] == (role, confidence)


LONG = "a" * 61


@pytest.mark.parametrize(
    ("column", "role", "confidence"),
    [
        (date("d", *BIRTHS), Role.IGNORE, 0.7),
        (with_(date("d"), dates=500, distinct=40), Role.CATEGORY, 0.65),
        (with_(date("d"), numbers=501), Role.IGNORE, 0.6),
        (text("city", 61, "a"), Role.CATEGORY, 0.7),
        (text("city", 60, "a"), Role.CATEGORY, 0.85),
        (text("city", 200, "a"), Role.CATEGORY, 0.7),
        (number("zip", 60), Role.CATEGORY, 0.85),
        (number("Menge"), Role.QUANTITY, 0.85),
        (text("Menge", 9, "a"), Role.CATEGORY, 0.65),
        (number("profit"), Role.MARGIN, 0.9),
        (number("amount"), Role.AMOUNT, 0.85),
        (number("amount tax"), Role.IGNORE, 0.7),
        (number("amount excl. tax"), Role.AMOUNT, 0.85),
        (text("amount", 9, "a"), Role.CATEGORY, 0.85),
        (text("status", 60, "a"), Role.STATUS, 0.9),
        (text("status", 61, "a"), Role.IGNORE, 0.6),
        (text("sales channel", 60, "a"), Role.CHANNEL, 0.9),
        (text("sales channel", 61, "a"), Role.IGNORE, 0.6),
        (text("product line", 300, "a"), Role.PRODUCT, 0.85),
        (number("product_id"), Role.PRODUCT, 0.85),
        (number("product"), Role.PRODUCT, 0.65),
        (number("product", examples=("1.5", "2")), Role.IGNORE, 0.6),
        (number("umsatz alt"), Role.AMOUNT, 0.65),
        (text("umsatz alt", 9, "a"), Role.CATEGORY, 0.65),
        (number("units now"), Role.QUANTITY, 0.65),
        (number("profit now"), Role.MARGIN, 0.65),
        (text("main item label", 300, "1.5"), Role.PRODUCT, 0.65),
        (number("k9"), Role.IGNORE, 0.6),
        (text("remark of k", 60, "a"), Role.CATEGORY, 0.65),
        (text("remark of k", 61, "a"), Role.IGNORE, 0.6),
        (text("remark of k", 61, LONG), Role.FREE_TEXT, 0.7),
        (text("remark of k", 61, LONG[1:]), Role.IGNORE, 0.6),
        (text("remark of k", 61), Role.IGNORE, 0.6),
        (number("Column 3", examples=("1.5", "2,5", "3")), Role.AMOUNT, 0.5),
        (number("Column 3", examples=("1.5", "2.5", "3", "4")), Role.IGNORE, 0.6),
        (number("Column 3", high=99_999.0), Role.QUANTITY, 0.5),
        (number("Column 3", high=100_000.0), Role.IGNORE, 0.6),
        (number("Column 3", high=None), Role.QUANTITY, 0.5),
        (number("Column c"), Role.IGNORE, 0.6),
    ],
)
def test_a_column_about_orders(column, role, confidence):
    assert seen(column, FileKind.ORDERS)[:2] == (role, confidence)


@pytest.mark.parametrize(
    ("first", "second", "role"),
    [
        (number("amount"), number("total"), Role.IGNORE),
        (number("amount"), number("umsatz alt"), Role.IGNORE),
        (number("amount"), number("Column 3", examples=("1.5",)), Role.IGNORE),
        (number("Menge"), number("Column 3"), Role.IGNORE),
        (text("status", 5, "a"), text("payment status", 5, "a"), Role.CATEGORY),
        (text("product", 5, "a"), text("brand", 5, "a"), Role.PRODUCT),
    ],
)
def test_of_two_columns_of_one_role_the_first_has_it(first, second, role):
    """Products alone may stand in several columns: name, group, brand."""
    assert seen(second, FileKind.ORDERS, first)[0] is role


@pytest.mark.parametrize("name", ["price", "price now"])
def test_a_price_stays_a_price_beside_a_quantity_or_an_amount(name):
    for other in (number("amount"), number("Menge")):
        assert seen(number(name), FileKind.ORDERS, other)[0] is Role.PRICE
    role, confidence, reason = seen(number(name), FileKind.ORDERS)
    assert (role, confidence) == (Role.AMOUNT, 0.6) and "no quantity" in reason
    by_person = roles(*ORDERS, number(name), choices=[(name, Role.PRICE)])
    assert by_person[name].role is Role.PRICE


@pytest.mark.parametrize(
    ("name", "filled", "quantities", "prices", "share"),
    [
        ("amount", 899, ROWS, ROWS, "90 %"),
        ("umsatz alt", 800, ROWS, ROWS, "80 %"),
        ("amount", 800, 950, 950, "80 %"),
        ("amount", 900, ROWS, ROWS, None),
        ("amount", 800, 949, ROWS, None),
        ("amount", 800, ROWS, 949, None),
    ],
)
def test_an_amount_with_gaps_is_no_money_where_quantity_and_price_have_none(name, filled, quantities, prices, share):
    column = with_(number(name), filled=filled, numbers=filled)
    beside = with_(number("Menge"), numbers=quantities), with_(number("price"), numbers=prices)
    role, _, reason = seen(column, FileKind.ORDERS, *beside)
    assert role is (Role.IGNORE if share else Role.AMOUNT)
    assert not share or f"in only {share} of the rows" in reason


@pytest.mark.parametrize(
    ("customers", "others", "same"),
    [(21, 21, True), (20, 20, False), (21, 22, False), (22, 21, False)],
)
def test_a_second_name_for_the_customer(customers, others, same):
    beside = text("customer_id", customers, "7"), *ORDERS[1:]
    found = roles(*beside, text("label", others, "a"))["label"]
    assert (found.role, found.confidence) == ((Role.IGNORE, 0.6) if same else (Role.CATEGORY, 0.65))
    assert ("second identifier for the customer" in found.reason and "“customer_id”" in found.reason) is same
    with_gaps = with_(text("label", others, "a"), filled=ROWS - 1)
    assert roles(*beside, with_gaps)["label"].role is Role.CATEGORY
    assert roles(*beside, text("city", others, "a"))["city"].role is Role.CATEGORY


SPEND = number("c1", 61, low=0.0, skew=1.1)


@pytest.mark.parametrize(
    ("third", "role"),
    [
        (with_(SPEND, name="c3"), Role.AMOUNT),
        (with_(SPEND, name="c3", distinct=60), Role.NUMBER),
        (with_(SPEND, name="c3", minimum=-1.0), Role.NUMBER),
        (with_(SPEND, name="c3", minimum=None), Role.NUMBER),
        (with_(SPEND, name="c3", skew=1.0), Role.NUMBER),
        (with_(SPEND, name="c3", skew=None), Role.NUMBER),
        (with_(SPEND, name="age"), Role.NUMBER),
        (with_(SPEND, name="employees"), Role.NUMBER),
        (with_(SPEND, name="distance"), Role.NUMBER),
        (text("c3", 61, "a"), Role.CATEGORY),
    ],
)
def test_three_columns_of_skewed_money_are_spend_by_product_group_and_two_are_not(third, role):
    found = roles(*CUSTOMERS, SPEND, with_(SPEND, name="c2"), third, kind=FileKind.CUSTOMERS)
    assert found[third.name].role is role
    assert found["c1"].role is found["c2"].role is (Role.AMOUNT if role is Role.AMOUNT else Role.NUMBER)
    if role is Role.AMOUNT:
        assert (found["c1"].confidence, found["c1"].base) == (0.4, Base.BEHAVIOURAL)


@pytest.mark.parametrize("known", [number("amount"), number("Recency"), number("order count")])
def test_where_money_or_orders_are_named_no_other_column_is_spend(known):
    spend = [with_(SPEND, name=f"c{i}") for i in range(3)]
    assert {roles(*CUSTOMERS, known, *spend, kind=FileKind.CUSTOMERS)[s.name].role for s in spend} == {Role.NUMBER}


def test_answers_of_a_survey_and_numbers_of_contacts_are_no_spend():
    spend = [with_(SPEND, name=f"c{i}") for i in range(3)]
    for kind in (FileKind.SURVEY, FileKind.CONTACTS):
        assert Role.AMOUNT not in {roles(*PLACE[kind], *spend, kind=kind)[s.name].role for s in spend}


def test_columns_called_r_f_and_m_are_scores():
    found = roles(*CUSTOMERS, *(number(name, 5) for name in "RFM"), kind=FileKind.CUSTOMERS)
    assert {(found[name].role, found[name].base, found[name].confidence) for name in "RFM"} == {(Role.LEAK, None, 0.9)}
    named = roles(*CUSTOMERS, *(number(n, 5) for n in "RFM"), kind=FileKind.CUSTOMERS, choices=[("R", Role.RECENCY)])
    assert named["R"].role is Role.RECENCY and named["F"].role is Role.NUMBER


def test_a_choice_about_a_column_that_is_not_there_is_passed_over():
    found = roles(*ORDERS, choices=[("gone", Role.DATE), ("order_id", Role.IGNORE)])
    assert set(found) == {"customer_id", "order_date", "order_id"}
    assert (found["order_id"].role, found["order_id"].by_person, found["order_date"].by_person) == (Role.IGNORE, True, False)


@pytest.mark.parametrize(
    ("kind", "columns", "by_order"),
    [
        (FileKind.CONTACTS, (), True),
        (FileKind.SURVEY, ORDERS, False),
        (FileKind.CUSTOMERS, ORDERS, False),
        (FileKind.ORDERS, ORDERS, True),
        (FileKind.ORDERS, (CUSTOMERS[0],), False),
        (FileKind.ORDERS, (date("order_date"),), True),
        (FileKind.ORDERS, (CUSTOMERS[0], date("order_date")), True),
        (FileKind.ORDERS, (CUSTOMERS[0], date("joined")), False),
        (FileKind.ORDERS, (CUSTOMERS[0], *ORDERS[1:]), True),
        (FileKind.ORDERS, (with_(CUSTOMERS[0], distinct=ROWS - 1), date("order_date")), True),
        (FileKind.ORDERS, (with_(CUSTOMERS[0], filled=ROWS - 1, distinct=ROWS - 1), date("order_date")), True),
        (FileKind.ORDERS, (with_(CUSTOMERS[0], filled=ROWS - 1), date("order_date")), True),
    ],
)
def test_which_files_have_a_row_for_each_order(kind, columns, by_order):
    taken = infer_roles(columns, kind)
    assert is_by_order(taken, {column.name: column for column in columns}, kind) is by_order


@pytest.mark.parametrize(
    ("columns", "grain"),
    [
        ((*ORDERS[:2], text("order_id", 999, "17")), Grain.ORDER),
        ((*ORDERS[:2], text("order_id", 998, "17")), Grain.ORDER_LINE),
        ((*ORDERS[:2], with_(text("order_id", 500, "17"), filled=500)), Grain.ORDER),
        (ORDERS[:2], Grain.ORDER),
        ((*ORDERS[:2], text("product", 30, "tea")), Grain.ORDER_LINE),
        ((CUSTOMERS[0], text("product", 30, "tea")), Grain.CUSTOMER),
    ],
)
def test_what_one_row_stands_for(columns, grain):
    assert grain_of(infer_roles(columns, FileKind.ORDERS), columns, FileKind.ORDERS) is grain


@pytest.mark.parametrize(
    ("column", "kind", "base"),
    [
        (number("amount"), FileKind.ORDERS, Base.BEHAVIOURAL),
        (number("Recency"), FileKind.CUSTOMERS, Base.BEHAVIOURAL),
        (text("notes", 900, "a"), FileKind.CUSTOMERS, None),
        (text("churn", 2, "a"), FileKind.CUSTOMERS, None),
        (text("mobile", 500, "a"), FileKind.CUSTOMERS, None),
        (text("x", 1, "a"), FileKind.CUSTOMERS, None),
        (number("k9"), FileKind.ORDERS, None),
        (text("status", 5, "a"), FileKind.ORDERS, None),
        (number("product quality", 5), FileKind.SURVEY, Base.PSYCHOGRAPHIC),
        (number("product quality", 5), FileKind.CUSTOMERS, Base.BEHAVIOURAL),
        (number("age", 50), FileKind.SURVEY, Base.DEMOGRAPHIC),
        (number("k9", 5), FileKind.SURVEY, Base.PSYCHOGRAPHIC),
        (text("k9", 2, "Yes ", "no"), FileKind.CUSTOMERS, Base.PSYCHOGRAPHIC),
        (text("k9", 3, "yes", "no", "perhaps"), FileKind.CUSTOMERS, Base.DEMOGRAPHIC),
        (text("k9", 3), FileKind.CUSTOMERS, Base.DEMOGRAPHIC),
        (text("k9", 3, "a"), FileKind.ORDERS, Base.BEHAVIOURAL),
        (text("k9", 3, "a"), FileKind.CONTACTS, Base.BEHAVIOURAL),
    ],
)
def test_the_base_of_a_column(column, kind, base):
    assert roles(*PLACE[kind], column, kind=kind)[column.name].base is base


def test_keys_of_a_file_belong_to_no_base():
    found = roles(*ORDERS)
    assert found["customer_id"].base is found["order_id"].base is None
    assert found["order_date"].base is Base.BEHAVIOURAL
