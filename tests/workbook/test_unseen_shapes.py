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


def with_totals(row_of_order):
    """Return the lines, each order's followed by a row that holds their sum."""
    for order, day, customer, total in PAPERS:
        mine = [line for line in LINES if line[0] == order]
        yield from ((order, day, f"K{customer:02}", goods, n, f"{n * p:.2f}") for *_, goods, n, p in mine)
        yield row_of_order(order, day, f"K{customer:02}", total)


@pytest.mark.parametrize(
    "row",
    [
        lambda order, day, customer, total: (order, day, customer, "Order total", 1, f"{total:.2f}"),
        lambda order, day, customer, total: (order, day, customer, "", "", f"{total:.2f}"),
    ],
)
def test_rows_that_sum_up_their_order_are_no_lines(tmp_path, row):
    found = checked(tmp_path, "Order,Date,Customer,Description,Qty,Amount", with_totals(row))
    assert figures(found) == (CUSTOMERS, ORDERS, REVENUE)
    assert found["rows_set_aside"] == {"total_row": ORDERS}
    assert any("sum of the other rows of their order" in text for text in found["warnings"])


def test_rows_that_close_a_month_with_its_sum_are_no_lines(tmp_path):
    rows, total = [], 0.0
    for i, (order, day, customer, goods, n, p) in enumerate(LINES):
        rows.append((order, day, f"K{customer:02}", goods, n, f"{n * p:.2f}"))
        total += n * p
        if i % 20 == 19:
            rows.append(("", "", "so far", "", "", f"{total:.2f}"))
            total = 0.0
    found = checked(tmp_path, "Order,Date,Customer,Description,Qty,Amount", rows)
    assert figures(found) == (CUSTOMERS, ORDERS, REVENUE)
    assert found["rows_set_aside"] == {"total_row": len(LINES) // 20}


def test_discounts_as_lines_are_taken_off_and_are_no_returns(tmp_path):
    rows = [(o, day, f"K{c:02}", g, n, p, f"{n * p:.2f}") for o, day, c, g, n, p in LINES]
    rows += [(o, day, f"K{c:02}", "Thank you", 1, -2.5, "-2.50") for o, day, c, _ in PAPERS if o % 4 == 0]
    found = checked(tmp_path, "Order,Date,Customer,Item,Qty,Price,Total", sorted(rows, key=lambda row: row[0]))
    assert figures(found) == (CUSTOMERS, ORDERS, round(REVENUE - 15 * 2.5, 2))
    assert any("they are not returns" in text for text in found["warnings"])


def test_what_came_back_is_still_a_return(tmp_path):
    rows = [(o, day, f"K{c:02}", g, n, p, f"{n * p:.2f}") for o, day, c, g, n, p in LINES]
    rows += [(o, day, f"K{c:02}", g, -n, p, f"{-n * p:.2f}") for o, day, c, g, n, p in LINES if o % 4 == 0]
    found = checked(tmp_path, "Order,Date,Customer,Item,Qty,Price,Total", sorted(rows, key=lambda row: row[0]))
    assert found["rows_set_aside"].keys() == {"returned"}


@pytest.mark.parametrize("column", ["Zurück", "Terug", "Back", "Adjusted"])
def test_money_that_may_have_gone_back_is_asked_about(tmp_path, column):
    back = {1: 1.0, 5: 1.0, 9: 0.5, 13: 1.0, 20: 0.25}
    rows = [(o, day, f"K{c:02}", m, f"{m * back.get(o, 0):.2f}") for o, day, c, m in PAPERS]
    found = checked(tmp_path, f"Order,Date,Customer,Amount,{column}", rows)
    (question,) = [question for question in found["questions"] if question["key"] == "orders.money"]
    less = round(REVENUE - sum(round(m * back.get(o, 0), 2) for o, _, _, m in PAPERS), 2)
    assert f"{less:,.2f}" in " ".join(reading["gives"] for reading in question["readings"])


@pytest.mark.parametrize(
    "names", ["Nights,Rate per night", "Persons,Price p.p.", "Poids (kg),Prix au kg", "Nächte,Preis pro Nacht"]
)
def test_a_price_for_one_is_multiplied_by_how_many(tmp_path, names):
    rows = [(o, day, f"K{c:02}", n + 1, p) for o, day, c, _, n, p in LINES]
    found = checked(tmp_path, f"Booking,Date,Guest,{names}", rows)
    assert found["revenue"] == pytest.approx(sum((n + 1) * p for *_, n, p in LINES))


def test_whole_amounts_beside_the_same_with_a_sign_are_cents(tmp_path):
    rows = [(o, day, f"K{c:02}", round(100 * m), f"€{m:.2f}") for o, day, c, m in PAPERS]
    found = checked(tmp_path, "order,date,customer,price,price_formatted", rows)
    assert figures(found) == (CUSTOMERS, ORDERS, REVENUE)


def test_a_point_before_three_digits_parts_thousands_where_nothing_else_has_one(tmp_path):
    amounts = [1316 + o if o % 3 == 0 else 2394 if o % 7 == 0 else 150 + o for o in range(60)]
    rows = [(o, day, f"K{c:02}", f"{a:,}".replace(",", ".")) for (o, day, c, _), a in zip(PAPERS, amounts, strict=True)]
    assert checked(tmp_path, "Auftrag,Datum,Kunde,Auftragswert", rows)["revenue"] == sum(amounts)


@pytest.mark.parametrize(
    ("column", "mark", "other"),
    [("is_draft", "true", "false"), ("valid", "0", "1"), ("Paused", "yes", "no"), ("is_test", "1", "0"),
     ("deleted_at", "2024-12-01", ""), ("refund_date", "2024-12-01 10:00:00", ""), ("gelöscht am", "01.12.2024", "")],
)  # fmt: skip
def test_a_flag_or_a_date_says_that_an_order_is_no_sale(tmp_path, column, mark, other):
    rows = [(o, day, f"K{c:02}", m, other if o % 6 else mark) for o, day, c, m in PAPERS]
    found = checked(tmp_path, f"order,date,customer,total,{column}", rows)
    assert (found["orders"], found["revenue"]) == (50, round(sum(m for o, *_, m in PAPERS if o % 6), 2))


def test_the_owner_of_an_animal_is_asked_about_where_nobody_else_is_named(tmp_path):
    rows = [(o, day, "Mimi", f"Owner {c:02}", m) for o, day, c, m in PAPERS]
    found = checked(tmp_path, "Invoice,Date,Pet,Owner,Amount", rows)
    assert figures(found) == (CUSTOMERS, ORDERS, REVENUE)
    assert [question["key"] for question in found["questions"]] == ["orders.customer"]
    assert "refused" in checked(
        tmp_path, "Invoice,Date,Deal owner,Amount", [(o, day, f"S{o % 3}", m) for o, day, _, m in PAPERS]
    )


def test_payments_of_an_order_are_one_order(tmp_path):
    rows = [
        (f"P{3 * o + i}", o, f"K{c:02}", day + dt.timedelta(days=30 * i), round(m / 2, 2), m)
        for o, day, c, m in PAPERS
        for i in range(2)
    ]
    found = checked(tmp_path, "Payment ID,Order,Customer,Paid on,Payment,Order total", rows)
    assert found["orders"] == ORDERS


@pytest.mark.parametrize(
    ("column", "written"),
    [("created", lambda day: int(dt.datetime(day.year, day.month, day.day, 12, tzinfo=dt.UTC).timestamp() * 1000)),
     ("week", lambda day: "{}-W{:02}-{}".format(*day.isocalendar())), ("Pledged at", lambda day: f"{day:%Y/%m/%d}, 13:13")],
)  # fmt: skip
def test_ways_of_writing_a_date(tmp_path, column, written):
    found = checked(tmp_path, f"order,{column},customer,total", [(o, written(day), f"K{c:02}", m) for o, day, c, m in PAPERS])
    assert (found["first_date"], found["last_date"]) == (PAPERS[0][1].isoformat(), PAPERS[-1][1].isoformat())


def test_tips_are_no_goods_and_the_other_kinds_of_lines_are_asked_about(tmp_path):
    rows = [(o, day, f"K{c:02}", "Service" if n > 1 else "Product", g, n * p) for o, day, c, g, n, p in LINES]
    rows += [(o, day, f"K{c:02}", "Tip", "Tip", 3) for o, day, c, _ in PAPERS if o % 3 == 0]
    found = checked(tmp_path, "Sale no.,Date,Client,Type,Item,Total", rows)
    assert found["revenue"] == REVENUE and found["rows_set_aside"] == {"not_a_sale": 20}
    assert [question["key"] for question in found["questions"]] == ["orders.status"]


@pytest.mark.parametrize(
    ("column", "cells", "said"),
    [("Qty returned", (0, 1), "items that came back"), ("Preiseinheit", (1, 100), "prices may be for that many items")],
)
def test_what_changes_the_money_and_is_not_taken_off_is_said(tmp_path, column, cells, said):
    rows = [(o, day, f"K{c:02}", g, n, p, cells[n % 2]) for o, day, c, g, n, p in LINES]
    found = checked(tmp_path, f"Order,Date,Customer,Article,Qty,Unit price,{column}", rows)
    assert any(said in text for text in found["warnings"])


def test_orders_without_a_date_are_said(tmp_path):
    found = checked(tmp_path, "Order,Customer,Total", [(o, f"K{c:02}", m) for o, _, c, m in PAPERS])
    assert any("nothing shows how recent" in text for text in found["warnings"])


def test_a_last_line_that_is_the_sum_of_the_others_by_chance_stays_a_line(tmp_path):
    rows = [
        (o, day, f"K{c:02}", f"{6 * (o % 9 + 1):.2f}", f"Item {i}", f"{i * (o % 9 + 1):.2f}")
        for o, day, c, _ in PAPERS
        for i in (1, 2, 3)
    ]
    found = checked(tmp_path, "order,date,customer,order_total,item,item_total", rows)
    assert found["rows_set_aside"] == {} and found["revenue"] == sum(6 * (o % 9 + 1) for o in range(60))


def test_an_invoice_that_was_sent_and_not_paid_yet_is_asked_about(tmp_path):
    rows = [(o, day, f"K{c:02}", m, ["Paid", "Awaiting payment", "Draft"][o % 3]) for o, day, c, m in PAPERS]
    found = checked(tmp_path, "Invoice,Date,Customer,Amount,Status", rows)
    (question,) = found["questions"]
    assert question["key"] == "orders.status" and "Draft" not in question["why"]


def test_a_table_that_tells_how_recent_customers_are_lacks_nothing(tmp_path):
    rows = [(f"K{c:02}", 3 * c + 1, 1 + c % 4, 50.5 + c) for c in range(30)]
    found = checked(tmp_path, "Customer,Recency,Frequency,Monetary", rows)
    assert not any("how recent" in text for text in found["warnings"])
