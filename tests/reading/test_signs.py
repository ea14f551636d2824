"""Damaged files, made on purpose, are called so with their evidence; sound files never are."""

import datetime as dt
import random

import pytest

from segkit.reading.load import load_customers
from segkit.words.terms import FileKind, Severity
from tests.conftest import ROOT

START = dt.date(2023, 1, 2)


def rows(number=600, seed=3):
    dice = random.Random(seed)
    return [
        {
            "order": f"A{i // 2:05d}",
            "customer": f"{10_000 + dice.randrange(150) * 601}",
            "day": START + dt.timedelta(days=i),
            "quantity": str(dice.choice((1, 1, 2, 3))),
            "price": f"{dice.randint(300, 9_999) / 100:.2f}",
            "town": dice.choice(("Göttingen", "Überlingen", "Mâcon", "Mainz")),
        }
        for i in range(number)
    ]


HEAD = {
    "order": "order_id",
    "customer": "customer_id",
    "day": "order_date",
    "quantity": "quantity",
    "price": "unit_price",
    "town": "town",
}


def findings(tmp_path, table, *, how=lambda day: day.isoformat(), end="\n", delimiter=",", kind=FileKind.ORDERS, head=HEAD):
    lines = [delimiter.join(head[name] for name in table[0])]
    for row in table:
        lines.append(delimiter.join(how(cell) if isinstance(cell, dt.date) else cell for cell in row.values()))
    path = tmp_path / "export.csv"
    path.write_text("\n".join(lines) + end, encoding="utf-8")
    return load_customers({kind: path}).damage


def the_one(found):
    (finding,) = found
    assert finding.file_name == "export.csv" and finding.remedy.endswith(".") and finding.evidence.endswith(".")
    return finding


def test_a_sound_file_raises_no_alarm(tmp_path):
    assert findings(tmp_path, rows()) == ()


@pytest.mark.parametrize("how", ["%d/%m/%Y", "%m/%d/%Y", "%d.%m.%y", "%Y%m%d", "%d %b %Y"])
def test_sound_dates_of_any_kind_raise_no_alarm(tmp_path, how):
    assert findings(tmp_path, rows(), how=lambda day: day.strftime(how)) == ()


def test_most_rows_empty(tmp_path):
    empty = [dict.fromkeys(HEAD, "") | {"order": f"A{i:05d}", "town": "Mainz"} for i in range(900)]
    finding = the_one(findings(tmp_path, rows() + empty))
    assert finding.what == "Most rows are empty."
    assert finding.evidence == "900 of 1,500 rows hold neither a customer nor a date nor money."


def test_mixed_decimal_signs(tmp_path):
    table = rows()
    for row in table[::5]:
        row["price"] = row["price"].replace(".", ",")
    finding = the_one(findings(tmp_path, table, delimiter=";"))
    assert (finding.severity, finding.column, finding.what) == (Severity.SERIOUS, "unit_price", "Decimal signs are mixed.")
    assert finding.evidence == "120 rows write decimals with a comma, 480 with a point; each was read by its own."


def test_decimal_signs_lost_in_part_of_the_rows(tmp_path):
    table = rows()
    for row in table[:200]:
        row["price"] = row["price"].replace(".", "")
    finding = the_one(findings(tmp_path, table))
    assert finding.what == "Some amounts lost their decimal sign: they are 100 times too high."
    assert finding.evidence.startswith("200 rows have no decimals; their median is ")


def test_amounts_that_do_not_fit_quantity_times_price(tmp_path):
    table = [row | {"amount": f"{int(row['quantity']) * float(row['price']):.2f}"} for row in rows()]
    head = HEAD | {"amount": "amount"}
    assert findings(tmp_path, table, head=head) == ()
    for row in table[:60]:
        row["amount"] = f"{100 * float(row['amount']):.2f}"
    finding = the_one(findings(tmp_path, table, head=head))
    assert finding.evidence.startswith("In 60 rows the amount is a hundred times quantity times price")


@pytest.mark.parametrize("how", ["%Y-%m-01", "%b-%y", "%Y-%m", "01/%m/%Y"])
def test_dates_that_lost_their_day(tmp_path, how):
    finding = the_one(findings(tmp_path, rows(), how=lambda day: day.strftime(how)))
    assert (finding.column, finding.what) == ("order_date", "The dates have lost their day.")
    assert "20 months" in finding.evidence or "20 of them" in finding.evidence


def test_days_and_months_exchanged_with_the_rest_left_as_text(tmp_path):
    def by_spreadsheet(day):
        return f"{day.year}-{day.day:02d}-{day.month:02d}" if day.day <= 12 else day.strftime("%d/%m/%Y")

    finding = the_one(findings(tmp_path, rows(), how=by_spreadsheet))
    assert finding.what == "A spreadsheet has exchanged days and months."
    assert "dates are still texts such as 25/03/2024, all with a day above 12" in finding.evidence


def test_days_and_months_exchanged_with_the_rest_lost(tmp_path):
    def by_spreadsheet(day):
        return f"{day.year}-{day.day:02d}-{day.month:02d}" if day.day <= 12 else "#####"

    table = [row for row in rows() if row["day"].day <= 14]
    finding = the_one(findings(tmp_path, table, how=by_spreadsheet))
    assert finding.what == "A spreadsheet has exchanged days and months."
    assert "none of them after the 12th of a month, and" in finding.evidence


def test_a_mixture_of_two_ways_of_writing_is_no_damage(tmp_path):
    table = rows()
    written = {row["day"]: row["day"].strftime("%d/%m/%Y") if i % 3 else row["day"].isoformat() for i, row in enumerate(table)}
    assert findings(tmp_path, table, how=written.__getitem__) == ()


@pytest.mark.parametrize(
    ("number", "what"),
    [(1_000, "The export may have been cut off."), (65_535, "The export was cut off by a spreadsheet.")],
)
def test_exports_that_end_early(tmp_path, number, what):
    found = the_one(findings(tmp_path, rows(number, seed=5)))
    assert found.what == what and f"{number:,} rows" in found.evidence


def test_a_last_line_that_breaks_off(tmp_path):
    table = rows(601)
    path = tmp_path / "export.csv"
    findings(tmp_path, table)
    path.write_bytes(path.read_bytes()[:-30])
    (found,) = load_customers({FileKind.ORDERS: path}).damage
    assert found.what == "The file breaks off in its last line."
    assert found.evidence.startswith("Its last line has no end, and lacks “")
    path.write_bytes(path.read_bytes().rsplit(b"\n", 1)[0])  # only the end of the last line is missing
    assert load_customers({FileKind.ORDERS: path}).damage == ()


def test_letters_broken_twice(tmp_path):
    table = rows()
    for row in table:
        row["town"] = row["town"].encode().decode("cp1252")
    found = the_one(findings(tmp_path, table))
    assert found.what == "Letters are broken: the file was saved in a wrong encoding." and "Ã" in found.evidence
    for row in table:
        row["town"] = "G\ufffdttingen" if row["town"].startswith("G") else "Mainz"
    assert "\ufffd" in the_one(findings(tmp_path, table)).evidence


def test_letters_that_only_look_broken(tmp_path):
    table = [row | {"town": ("SÃO PAULO", "Âncora", "Ãlvaro", "Zürich")[i % 4]} for i, row in enumerate(rows())]
    assert findings(tmp_path, table) == ()


def test_long_numbers_rounded_by_a_spreadsheet(tmp_path):
    table = [row | {"customer": f"4.0{int(row['customer']) % 10}E+12"} for row in rows()]
    found = the_one(findings(tmp_path, table))
    assert (found.column, found.severity) == ("customer_id", Severity.SERIOUS)
    assert found.what == "A spreadsheet has rounded long numbers: different ones have become the same."


def test_leading_zeros_lost_in_part(tmp_path):
    table = [row | {"customer": f"{int(row['customer']) // 30:05d}"} for row in rows()]
    assert findings(tmp_path, table) == ()
    for row in table[:200]:
        row["customer"] = str(int(row["customer"]))
    assert the_one(findings(tmp_path, table)).what.startswith("Leading zeros were lost in part of the column")


def test_postcodes_without_their_zeros(tmp_path):
    table = [row | {"postcode": f"{1001 + 61 * (i % 400):05d}".lstrip("0")} for i, row in enumerate(rows())]
    found = the_one(findings(tmp_path, table, head=HEAD | {"postcode": "postcode"}))
    assert (found.column, found.what) == ("postcode", "Postcodes have lost their leading zeros.")


def test_two_files_that_would_meet_but_for_leading_zeros(tmp_path):
    orders = ROOT / "data" / "coffee_roaster" / "orders.csv"
    people = tmp_path / "people.csv"
    text = (ROOT / "data" / "coffee_roaster" / "customers.csv").read_text(encoding="utf-8")
    people.write_text("\n".join(line.lstrip("0") for line in text.split("\n")), encoding="utf-8")
    found = load_customers({FileKind.ORDERS: orders, FileKind.CUSTOMERS: people}).damage
    assert [f.what for f in found] == ["Leading zeros of the customer's number were lost in one of the two files."]


SOUND = [
    "cdnow/CDNOW_master.txt", "cdnow/CDNOW_sample.txt", "marketing_campaign/variant_allquoted_mdy.csv",
    "marketing_campaign/variant_comma_dmy_renamed.csv", "marketing_campaign/variant_semicolon_dmy.csv",
    "mcdonalds/mcdonalds.csv",
    "northwind/derived_customers.csv", "northwind/derived_northwind_orders.csv", "online_retail/OnlineRetail.csv",
    "rfm_pkg/rfm_data_customer.csv", "rfm_pkg/rfm_data_orders.csv", "wholesale/Wholesale customers data.csv",
]  # fmt: skip


@pytest.mark.parametrize("name", SOUND)
def test_no_false_alarm_on_real_files(real, name):
    kind = FileKind.CUSTOMERS if "customers" in name or "mcdonalds" in name else FileKind.ORDERS
    assert load_customers({kind: real(name)}).damage == ()


def test_the_real_file_with_broken_letters(real):
    (found,) = load_customers({FileKind.ORDERS: real("sales_data_sample/variant_utf8_mdy.csv")}).damage
    assert found.evidence == "55 rows hold signs such as “CataluÂ¤a,” where a letter with an accent stood."


@pytest.mark.parametrize("name", ["coffee_roaster", "packaging_wholesaler"])
def test_no_false_alarm_on_the_samples(name):
    folder = ROOT / "data" / name
    files = {kind: path for kind in FileKind if (path := folder / f"{kind.value}.csv").exists()}
    assert load_customers(files, later=folder / "orders_later.csv").damage == ()


def test_evidence_from_a_part_of_the_rows_says_so(tmp_path, monkeypatch):
    table = [row | {"town": row["town"].encode().decode("cp1252")} for row in rows()]
    assert "Counted on" not in the_one(findings(tmp_path, table)).evidence
    monkeypatch.setattr("segkit.reading.signs.LOOKED_AT", 250)
    assert the_one(findings(tmp_path, table)).evidence.endswith(" Counted on one row in 3.")
