"""Damaged files, made on purpose, are called so with their evidence; sound files never are."""

import datetime as dt
import random

import duckdb
import pytest

from segkit.core.data.damage import DateSigns, IdSigns, MoneySigns, damaged_money
from segkit.reading import signs
from segkit.reading.files import know_file
from segkit.reading.load import load_customers
from segkit.reading.signs import cut_off, find_damage
from segkit.words.terms import FileKind, Role, Severity
from tests.conftest import ROOT
from tests.reading.engine import asked, known, raw

# What is counted, by hand.


def counted(engine, tmp_path, roles, rows, **how):
    """Return the table, its columns by name, and its columns by role."""
    file = known(engine, tmp_path, roles, rows, **how)
    columns = {column.summary.name: column for column in file.columns}
    return file.table, columns, {role: file.having(role) for role in Role}


def test_signs_of_dates(engine, tmp_path):
    cells = ["2024-01-01", "2024-01-01", "2024-02-05", "2024-02-13", "25/03/2024", "x", None]
    table, columns, _ = counted(engine, tmp_path, "day:date", [[cell] for cell in cells])
    assert signs._dates(table, "t", columns["day"]) == DateSigns(
        "day", readable=5, unreadable=1, first_of_month=2, up_to_12=3, months=3, days=4, texts_beyond_12=1,
        year_first_up_to_12=3, year_first=4, without_day=False,
    )  # fmt: skip
    table, columns, _ = counted(engine, tmp_path, "month:date", [["2024-01"], ["2024-02"]])
    assert signs._dates(table, "t", columns["month"]).without_day


def test_signs_of_money(engine, tmp_path):
    cells = ["1,50", "2.50", "3", "300", "-4", "0", "x"]
    table, columns, having = counted(engine, tmp_path, "sum:amount", [[cell] for cell in cells])
    assert signs._money(table, "t", columns["sum"], having) == MoneySigns(
        "sum", commas=1, points=1, whole=3, decimal=2, median_whole=151.5, median_decimal=2, hundredfold=0, fits=0
    )


@pytest.mark.parametrize(
    ("roles", "yen", "euro"),
    [("sum:amount code:currency", ["1600", "JPY"], ["10.50", "EUR"]), ("sum:amount", ["¥1600"], ["€10.50"])],
)
def test_a_currency_without_decimals_has_lost_none(engine, tmp_path, roles, yen, euro):
    table, columns, having = counted(engine, tmp_path, roles, [yen] * 10 + [euro] * 30)
    found = signs._money(table, "t", columns["sum"], having)
    assert (found.whole, found.decimal, found.points) == (0, 30, 30)
    assert damaged_money("x.csv", found) == []
    lost = [["1050", *euro[1:]] if len(euro) > 1 else ["€1050"]] * 8
    table, columns, having = counted(engine, tmp_path, roles, [yen] * 10 + [euro] * 30 + lost)
    (finding,) = damaged_money("x.csv", signs._money(table, "t", columns["sum"], having))
    assert finding.evidence.startswith("8 rows have no decimals; their median is 100 times that of the 30 rows")


def test_amounts_are_compared_with_quantity_times_price(engine, tmp_path):
    rows = [["2", "1.5", "3"], ["1", "2", "200"], ["1", "2", "0.02"], ["2", "5", "20"], ["0", "5", "1"], ["3", "1", "300"]]
    table, columns, having = counted(engine, tmp_path, "n:quantity each:price sum:amount", rows)
    found = signs._money(table, "t", columns["sum"], having)
    assert (found.hundredfold, found.fits) == (3, 1)
    price = signs._money(table, "t", columns["each"], having)
    assert (price.hundredfold, price.fits) == (0, 0)
    for missing in (Role.QUANTITY, Role.PRICE):
        found = signs._money(table, "t", columns["sum"], having | {missing: []})
        assert (found.hundredfold, found.fits) == (0, 0)


def test_signs_of_identifiers(engine, tmp_path):
    cells = ["007", "012", "100", "45", "45", "6", "A1", "1.2E+12", None]
    table, columns, _ = counted(engine, tmp_path, "nr:customer", [[cell] for cell in cells])
    assert signs._ids(table, "t", columns["nr"]) == IdSigns(
        "nr", 7, scientific=1, longest=3, padded=2, shorter=2, postcode=False
    )
    table, columns, _ = counted(engine, tmp_path, "ZIP:category", [["a"], ["b"]])
    assert signs._ids(table, "t", columns["ZIP"]) == IdSigns("ZIP", 2, 0, 0, 0, 0, postcode=True)


LINES = [["1", "2", "3", "4", "5"]] * 19


def breaks_off(engine, tmp_path, last, rows=LINES, name="a.csv", end=b"1,2"):
    path = tmp_path / name
    path.write_bytes(b"a,b,c,d,e" + end)
    return cut_off(raw(engine, tmp_path, "a b c d e", [*rows, last]), path)


def test_what_a_last_line_lacks_is_said(engine, tmp_path):
    def lacks(*names):
        return f"Its last line has no end, and lacks “{'”, “'.join(names)}”, which all other rows have."

    assert breaks_off(engine, tmp_path, ["1", "2", None, None, None]) == lacks("c", "d", "e")
    assert breaks_off(engine, tmp_path, ["1", None, None, None, None]) == lacks("b", "c", "d")
    assert breaks_off(engine, tmp_path, [None] * 5) == lacks("a", "b", "c")
    assert breaks_off(engine, tmp_path, ["1", None, "3", "4", None]) == lacks("e")
    assert breaks_off(engine, tmp_path, ["1", None, "3", "4", "5"]) == ""
    assert breaks_off(engine, tmp_path, ["1", "2", "3", "4", "5"]) == ""


def test_what_other_rows_lack_too_is_no_sign(engine, tmp_path):
    rows = [["1", "2", "3", None, "5"], *LINES[1:]]
    assert "lacks “c”, “e”, which" in breaks_off(engine, tmp_path, ["1", "2", None, None, None], rows)


def test_a_file_breaks_off_from_twenty_rows_on(engine, tmp_path):
    assert breaks_off(engine, tmp_path, ["1", None, None, None, None], LINES[1:]) == ""


@pytest.mark.parametrize("name", ["a.CSV", "a.txt", "a.tsv", "a.tab", "a"])
def test_only_text_breaks_off(engine, tmp_path, name):
    assert breaks_off(engine, tmp_path, ["1", None, None, None, None], name=name)
    assert breaks_off(engine, tmp_path, ["1", None, None, None, None], name=f"{name}.xlsx") == ""


@pytest.mark.parametrize("end", [b"\n", b"\r", b"\0", b"\x1a"])
def test_a_line_that_ends_does_not_break_off(engine, tmp_path, end):
    assert breaks_off(engine, tmp_path, ["1", None, None, None, None], end=b"1" + end) == ""


def damage(engine, tmp_path, roles, rows, **how):
    """Return column and first words of each finding, the roles being given."""
    file = known(engine, tmp_path, roles, rows, **how)
    found = find_damage(file.table, file.columns, {role.column: role.role for role in file.roles})
    assert not asked(engine, "select table_name from duckdb_tables() where table_name like '%spread'")
    return found


ZIPS = [["1234", "D"]] * 1 + [[f"{n}", "D"] for n in (1235, 1236, 12340, 12341, 12342, 12343, 12344)]


def test_postcodes_of_one_country_are_looked_at_and_no_others(engine, tmp_path):
    def columns(roles, rows):
        return [f.column for f in damage(engine, tmp_path, roles, rows)]

    assert columns("plz:category country:category", ZIPS) == ["plz"]
    assert columns("plz:category country:category", [*ZIPS, ["12345", "A"]]) == []
    assert columns("plz:category town:category", [*ZIPS, ["12345", "A"]]) == ["plz"]
    assert columns("plz:personal country:category", ZIPS) == []
    assert columns("area:category country:category", ZIPS) == []


def test_the_first_three_columns_of_money_are_looked_at(engine, tmp_path):
    rows = [[cell] * 4 for cell in ("1,50", "2,50", "3,50", "1.50", "2.50", "3.50")]
    found = damage(engine, tmp_path, "a:amount b:amount c:amount d:amount", rows)
    assert [(f.column, f.what) for f in found] == [(name, "Decimal signs are mixed.") for name in "abc"]
    found = damage(engine, tmp_path, "a:amount b:price c:number d:margin", rows)
    assert [f.column for f in found] == ["a", "b"]


def test_rows_are_blank_where_customer_date_and_money_are_missing(engine, tmp_path):
    rows = [["C1", "5", "x"], [None, None, "y"], [None, None, "z"]]
    (found,) = damage(engine, tmp_path, "who:customer sum:amount remark:free_text", rows)
    assert found.evidence == "2 of 3 rows hold no customer, date or amount."
    assert damage(engine, tmp_path, "who:customer sum:number remark:free_text", rows) == []
    assert damage(engine, tmp_path, "who:customer sum:amount", [[None, "5"], ["C1", None], [None, "6"]]) == []


def test_broken_letters_are_counted_in_rows_and_shown_shortened(engine, tmp_path):
    rows = [["GÃ¶ttingen", "1"], ["Mainz", "2"], ["a GÃ¶ttingenUndNochVielWeiter", "3"]]
    (found,) = damage(engine, tmp_path, "town:category n:number", rows)
    assert found.evidence == "2 rows hold signs such as “GÃ¶ttingen” in place of a letter with an accent."
    (found,) = damage(engine, tmp_path, "town:category n:number", rows[1:])
    assert found.evidence.startswith("1 row holds signs such as “GÃ¶ttingenUndNochVielWei” in place")
    assert damage(engine, tmp_path, "n:number m:number", [["1", "2"]]) == []


def test_of_large_files_only_some_rows_are_looked_at_and_that_is_said(engine, tmp_path, monkeypatch):
    assert signs.LOOKED_AT == 100_000
    monkeypatch.setattr(signs, "LOOKED_AT", 4)
    rows = [["GÃ¶ttingen"], ["Mainz"], ["GÃ¶ttingen"], ["GÃ¶ttingen"], ["GÃ¶ttingen"]]
    (whole,) = damage(engine, tmp_path, "town:category", rows[:4])
    assert whole.evidence.startswith("3 rows hold") and "Counted on" not in whole.evidence
    (spread,) = damage(engine, tmp_path, "town:category", rows)
    assert spread.evidence.startswith("3 rows hold") and spread.evidence.endswith(" Counted on one row in 2.")


# Whole files.

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


def damage_of(path, kind=FileKind.ORDERS):
    with duckdb.connect() as connection:
        return know_file(connection, kind, path, name="t", folder=path.parent).damage


def findings(tmp_path, table, *, how=lambda day: day.isoformat(), end="\n", delimiter=",", head=HEAD):
    lines = [delimiter.join(head[name] for name in table[0])]
    for row in table:
        lines.append(delimiter.join(how(cell) if isinstance(cell, dt.date) else cell for cell in row.values()))
    path = tmp_path / "export.csv"
    path.write_text("\n".join(lines) + end, encoding="utf-8")
    return damage_of(path)


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
    assert finding.evidence == "900 of 1,500 rows hold no customer, date or amount."


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
    assert finding.what == "A spreadsheet has swapped days and months."
    assert "dates are still texts such as 25/03/2024, all with a day above 12" in finding.evidence


def test_days_and_months_exchanged_with_the_rest_lost(tmp_path):
    def by_spreadsheet(day):
        return f"{day.year}-{day.day:02d}-{day.month:02d}" if day.day <= 12 else "#####"

    table = [row for row in rows() if row["day"].day <= 14]
    finding = the_one(findings(tmp_path, table, how=by_spreadsheet))
    assert finding.what == "A spreadsheet has swapped days and months."
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
    (found,) = damage_of(path)
    assert found.what == "The file breaks off in its last line."
    assert found.evidence.startswith("Its last line has no end, and lacks “")
    path.write_bytes(path.read_bytes().rsplit(b"\n", 1)[0])  # only the end of the last line is missing
    assert damage_of(path) == ()


def test_letters_broken_twice(tmp_path):
    table = rows()
    for row in table:
        row["town"] = row["town"].encode().decode("cp1252")
    found = the_one(findings(tmp_path, table))
    assert found.what == "Letters are garbled: the file was saved with the wrong character encoding." and "Ã" in found.evidence
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
    orders, people = tmp_path / "orders.csv", tmp_path / "people.csv"
    lines = [f"{i % 40:04d},2024-01-{1 + i % 28:02d},{i}.50" for i in range(90)]
    orders.write_text("customer_id,order_date,amount\n" + "\n".join(lines) + "\n")
    people.write_text("customer_id,town\n" + "\n".join(f"{i},{'Bonn Ulm'.split()[i % 2]}" for i in range(40)) + "\n")
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
    assert damage_of(real(name), kind) == ()


def test_the_real_file_with_broken_letters(real):
    (found,) = damage_of(real("sales_data_sample/variant_utf8_mdy.csv"))
    assert found.evidence == "55 rows hold signs such as “CataluÂ¤a,” in place of a letter with an accent."


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
