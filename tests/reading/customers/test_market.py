"""Real files and the samples: firms and consumers are told where the file tells them, and nowhere else."""

import pytest

from segkit.reading.load import load_customers
from segkit.samples.catalogue import SAMPLES, sample_folder
from segkit.words.terms import CustomerKind, FileKind

FIRM, PERSON = CustomerKind.BUSINESS, CustomerKind.CONSUMER


@pytest.mark.parametrize(
    ("name", "kind", "expected", "why"),
    [
        (
            "sales_data_sample/variant_utf8_mdy.csv",
            FileKind.ORDERS,
            FIRM,
            "61 % of the names in “CUSTOMERNAME” read like firms",
        ),
        ("northwind/derived_northwind_orders.csv", FileKind.ORDERS, FIRM, "the column “CompanyName” is filled in for 100 %"),
        ("marketing_campaign/variant_semicolon_dmy.csv", FileKind.CUSTOMERS, PERSON, "“Year_Birth” describes people"),
        ("wholesale/Wholesale customers data.csv", FileKind.CUSTOMERS, None, ""),
        ("cdnow/CDNOW_sample.txt", FileKind.ORDERS, None, ""),
    ],
)
def test_real_files_tell_firms_from_consumers_or_do_not_tell(real, name, kind, expected, why):
    market = load_customers({kind: real(name)}).market
    assert market.kind is expected and why in market.why.replace("\xa0", " ")


@pytest.mark.parametrize(("name", "expected"), [("coffee_roaster", PERSON), ("packaging_wholesaler", FIRM)])
def test_the_samples_are_what_they_say(name, expected):
    files = {kind: sample_folder(name) / file for kind, file in SAMPLES[name].files.items()}
    assert load_customers(files).market.kind is expected


def rows(text):
    return "".join(text.format(n=n, day=1 + n % 28) for n in range(120))


@pytest.mark.parametrize(
    ("header", "line", "expected"),
    [
        ("id,email,date,amount", "C{n},anna{n}@mail{day}.example,2025-01-{day:02d},{n}\n", None),
        ("id,email,vat_id,date,amount", "C{n},info@firm{n}.example,DE{n:09d},2025-01-{day:02d},{n}\n", FIRM),
        ("id,company,first_name,last_name,date,amount", "C{n},,Ann{n},Lee{n},2025-01-{day:02d},{n}\n", PERSON),
        ("id,company,date,amount", "C{n},Haus {n},2025-01-{day:02d},{n}\n", FIRM),
    ],
)
def test_signs_are_gathered_from_whatever_columns_there_are(tmp_path, header, line, expected):
    file = tmp_path / "orders.csv"
    file.write_text(header + "\n" + rows(line), encoding="utf-8")
    assert load_customers({FileKind.ORDERS: file}).market.kind is expected


def test_a_few_mail_providers_tell_consumers_and_no_address_is_said(tmp_path):
    file = tmp_path / "orders.csv"
    where = ["post", "mail", "web", "fast", "letters"]
    lines = "".join(
        f"C{n},p{n}@{where[n % 5] if n % 4 else f'own{n}'}.example,2025-01-{1 + n % 28:02d},{n}\n" for n in range(200)
    )
    file.write_text("customer_id,email,date,amount\n" + lines, encoding="utf-8")
    market = load_customers({FileKind.ORDERS: file}).market
    assert market.kind is PERSON and "@" not in market.why
