"""One small business in shapes that no name alone explains: the figures stay, or a question is raised."""

import csv
import datetime as dt

import pytest

from segkit.decisions.data import ReadingChoice
from segkit.words.terms import FileKind
from segkit.workbook.checked import check

FIRST = ["Ada", "Bo", "Cy", "Dee", "Eve", "Fay", "Gus", "Hal", "Ivy", "Jo", "Kit", "Lou", "Mae", "Ned", "Oz", "Pia"]
LAST = ["Alder", "Birch", "Cedar", "Elm"]
GOODS = [("Lamp", 89.9), ("Tray", 49.0), ("Throw", 59.0), ("Candle", 6.4), ("Stool", 64.0), ("Vase", 19.9), ("Rug", 120.0)]


def bought():
    """Return the lines: (order, day, customer, goods, pieces, price of one)."""
    lines = []
    for order in range(60):
        customer = order * order % 23
        for line in range(1 + order % 3):
            goods, price = GOODS[(order * 3 + line * 2) % len(GOODS)]
            lines.append(
                (order, dt.date(2024, 1, 3) + dt.timedelta(days=5 * order), customer, goods, 1 + order * line % 3, price)
            )
    return lines


LINES = bought()
CUSTOMERS, ORDERS = len({line[2] for line in LINES}), 60
REVENUE = round(sum(pieces * price for *_, pieces, price in LINES), 2)


def money(order):
    return round(sum(pieces * price for number, *_, pieces, price in LINES if number == order), 2)


PAPERS = [(order, day, customer, money(order)) for order, day, customer in dict.fromkeys(line[:3] for line in LINES)]


def checked(folder, header, rows, **how):
    path = folder / "unseen.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([header.split(","), *rows])
    return check({FileKind.ORDERS: path}, **how)


def figures(found):
    return tuple(found.get(name) for name in ("customers", "orders", "revenue"))


def name(customer):
    return FIRST[customer % 16], LAST[customer // 16]


@pytest.mark.parametrize(
    "header",
    ["No,Date,First name,Last name,Total", "Nr,Datum,Vorname,Nachname,Betrag", "No,Fecha,Nombre,Apellidos,Importe",
     "No,Date,Prénom,Nom,Montant", "No,Data,Nome,Cognome,Importo", "Order,Date,Billing First Name,Billing Last Name,Total"],
)  # fmt: skip
def test_first_and_last_name_tell_customers_apart_where_nothing_better_does(tmp_path, header):
    found = checked(tmp_path, header, [(f"R{1000 + o}", day, *name(c), f"{m:.2f}") for o, day, c, m in PAPERS])
    assert figures(found) == (CUSTOMERS, ORDERS, REVENUE)
    assert any("together tell them apart" in text for text in found["warnings"])


def test_an_address_comes_before_the_names(tmp_path):
    rows = [(f"R{o}", day, "Jo", "Elm", f"c{c}@shop.example", m) for o, day, c, m in PAPERS]
    found = checked(tmp_path, "No,Date,First name,Last name,E-mail,Total", rows)
    assert figures(found) == (CUSTOMERS, ORDERS, REVENUE)
    assert not any("together" in text for text in found["warnings"])


def test_articles_stand_before_the_dealers_and_no_name_tells(tmp_path):
    rows = [(o, day, 500 + GOODS.index((g, p)), 7000 + c, n, n * p) for o, day, c, g, n, p in LINES]
    found = checked(tmp_path, "Doc,Day,Ref A,Ref B,Pcs,Value", rows)
    assert figures(found) == (CUSTOMERS, ORDERS, REVENUE)
    assert [question["key"] for question in found["questions"]] == ["orders.customer"]


def test_names_of_one_letter(tmp_path):
    rows = [(9000 + o, day, 7000 + c, g, n, p, n * p) for o, day, c, g, n, p in LINES]
    found = checked(tmp_path, "a,b,c,d,e,f,g", rows)
    assert found["customers"] == CUSTOMERS and found["questions"]


@pytest.mark.parametrize("card", ["Loyalty card", "Card number", "Kundenkarte", "Carte fidélité", "Tarjeta cliente"])
def test_sales_without_a_card_are_left_out_and_counted(tmp_path, card):
    rows = [(o, day, "Nina", 990000 + c if o % 2 else "", m) for o, day, c, m in PAPERS]
    found = checked(tmp_path, f"Receipt,Date,Cashier,{card},Total", rows)
    assert found["rows_set_aside"] == {"no_customer": 30}
    assert found["customers"] == len({c for o, _, c, _ in PAPERS if o % 2})


@pytest.mark.parametrize("card", ["**** 4242", "XXXX-XXXX-XXXX-1111"])
def test_cards_that_payments_came_from_are_no_customers(tmp_path, card):
    rows = [(o, day, f"{card[:-1]}{c % 10}", m) for o, day, c, m in PAPERS]
    assert "refused" in checked(tmp_path, "Receipt,Date,Card number,Total", rows)


def test_receipts_that_begin_anew_each_day_at_each_till(tmp_path):
    days = [dt.date(2024, 5, 1) + dt.timedelta(days=o // 6) for o in range(60)]
    rows = [(days[o], 1 + o % 2, 1 + o % 6 // 2, 10000 + o % 23, g, n, n * p) for o, _, _, g, n, p in LINES]
    found = checked(tmp_path, "Date,Till,Receipt,Loyalty card,Item,Qty,Amount", rows)
    assert figures(found) == (23, ORDERS, REVENUE)


def test_how_many_orders_is_no_number_of_an_order(tmp_path):
    people = sorted({c for _, _, c, _ in PAPERS})
    rows = [
        (f"K{c:02}", f"2024-03-{1 + c:02}", sum(p[2] == c for p in PAPERS), round(sum(p[3] for p in PAPERS if p[2] == c), 2))
        for c in people
    ]
    found = checked(tmp_path, "Customer,Last order,Orders,Turnover this year", rows)
    assert figures(found) == (CUSTOMERS, ORDERS, REVENUE)


def test_a_lifetime_value_that_is_orders_times_their_average_was_spent(tmp_path):
    rows = []
    for c in sorted({c for _, _, c, _ in PAPERS}):
        mine = [m for _, _, other, m in PAPERS if other == c]
        rows.append((f"K{c:02}", len(mine), round(sum(mine) / len(mine), 2), "2024-05-01", round(sum(mine), 2)))
    found = checked(tmp_path, "Client,Orders,Average order value,Last order,Lifetime value", rows)
    assert figures(found) == (CUSTOMERS, ORDERS, REVENUE)
    alone = checked(tmp_path, "Client,Score,Seen,Lifetime value", [(row[0], row[1], row[3], row[4]) for row in rows])
    assert alone["revenue"] is None, "may be a forecast"


@pytest.mark.parametrize("names", ["Hours,Hourly rate", "Stunden,Stundensatz", "Days,Day rate", "Horas,Tarifa hora"])
def test_hours_times_their_rate_is_money(tmp_path, names):
    found = checked(tmp_path, f"Date,Client,Project,{names}", [(day, f"K{c}", g, n / 2, p) for _, day, c, g, n, p in LINES])
    assert found["revenue"] == pytest.approx(REVENUE / 2)


def test_the_price_that_was_paid_counts_and_not_the_list_price(tmp_path):
    rows = [(o, day, f"K{c}", n, round(1.25 * p, 2), p) for o, day, c, _, n, p in LINES]
    found = checked(tmp_path, "Order,Date,Customer,Qty,List price,Paid price", rows)
    assert figures(found) == (CUSTOMERS, ORDERS, REVENUE)


STATES = {
    "State": ("Checked out", "No-show", "Waiting list"),
    "Bemerkung": ("bezahlt bar", "storniert", "nicht erschienen"),
    "Stage": ("Attended", "Cancelled", "No show"),
    "Belegart": ("Rechnung", "Angebot", "Lieferschein"),
    "Event": ("Earn", "Redeem", "Expire"),
}


@pytest.mark.parametrize("column", STATES)
def test_states_are_told_by_what_stands_in_them_under_any_heading(tmp_path, column):
    sold, *others = STATES[column]
    rows = [(o, day, f"K{c:02}", m, sold if o % 5 else others[o % 2]) for o, day, c, m in PAPERS]
    found = checked(tmp_path, f"Order,Date,Customer,Amount,{column}", rows)
    assert (found["orders"], found["revenue"]) == (48, round(sum(m for o, *_, m in PAPERS if o % 5), 2))


def test_a_state_that_nobody_knows_is_asked_about(tmp_path):
    rows = [(o, day, f"K{c:02}", m, ["Attended", "Cancelled", "Blorped"][o % 3]) for o, day, c, m in PAPERS]
    found = checked(tmp_path, "Order,Date,Customer,Amount,State", rows)
    (question,) = found["questions"]
    assert question["key"] == "orders.status" and "“Blorped”" in question["why"]


@pytest.mark.parametrize("column", ["amount_cents", "Total (cents)", "price in pence", "Valor (centavos)"])
def test_cents_that_say_so_are_divided(tmp_path, column):
    rows = [(o, day, f"K{c}", round(100 * m)) for o, day, c, m in PAPERS]
    found = checked(tmp_path, f"order,created,customer,{column}", rows)
    assert figures(found) == (CUSTOMERS, ORDERS, REVENUE) and found["questions"] == []
    assert any("divided by 100" in text for text in found["warnings"])
    (one,) = (reading for reading in [ReadingChoice(kind=FileKind.ORDERS, cents=False)])
    assert checked(tmp_path, f"order,created,customer,{column}", rows, readings=[one])["revenue"] == pytest.approx(
        100 * REVENUE
    )


def test_whole_amounts_that_end_as_cents_do_are_asked_about(tmp_path):
    rows = [(o, day, f"K{c}", 990 + 100 * (o % 7)) for o, day, c, _ in PAPERS]
    found = checked(tmp_path, "order,created,customer,amount", rows)
    (question,) = found["questions"]
    whole, cents = (answer["gives"].split(" ")[0].replace(",", "") for answer in question["readings"])
    assert question["key"] == "orders.cents" and float(whole) == pytest.approx(100 * float(cents))
    said = ReadingChoice(kind=FileKind.ORDERS, cents=True)
    divided = checked(tmp_path, "order,created,customer,amount", rows, readings=[said])
    assert divided["revenue"] == pytest.approx(found["revenue"] / 100) and divided["questions"] == []


def test_amounts_beside_cents_keep_their_unit(tmp_path):
    rows = [(o, day, f"K{c}", round(100 * m), 10) for o, day, c, m in PAPERS]
    found = checked(tmp_path, "order,created,customer,amount_cents,discount_percent", rows)
    assert found["customers"] == CUSTOMERS
    assert found["revenue"] in (pytest.approx(REVENUE), pytest.approx(0.9 * REVENUE)), "a discount of 10 is a percentage"
