"""What cannot be read says what, where, and how to mend, in words."""

import datetime as dt

import pytest

from segkit.decisions.data import RoleChoice
from segkit.reading.load import inspect_files, load_customers
from segkit.words.errors import DataError
from segkit.words.terms import FileKind, Role


def says(path, **options):
    with pytest.raises(DataError) as error:
        load_customers({FileKind.ORDERS: path}, **options)
    return str(error.value)


def write(tmp_path, content, name="orders.csv"):
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


ORDERS = "customer_id,order_date,amount\n" + "".join(f"{i % 40},2024-01-{1 + i % 28:02d},{i}.50\n" for i in range(200))


def test_missing_file(tmp_path):
    path = tmp_path / "orders.csv"
    assert says(path) == f"orders.csv: there is no such file at {path}. Check the name and the folder, then choose it again."


def test_folder(tmp_path):
    assert says(tmp_path) == f"{tmp_path.name} is a folder, not a file. Choose the file inside it."


def test_empty_file(tmp_path):
    assert says(write(tmp_path, "")) == "orders.csv: the file is empty. Export it again and check that it has rows."


def test_blank_file(tmp_path):
    text = "orders.csv: the file holds nothing but spaces. Export it again and check that it has rows."
    assert says(write(tmp_path, "  \n\n \n")) == text


def test_unreadable_file(tmp_path, monkeypatch):
    path = write(tmp_path, ORDERS)

    def refuse(self, *_, **__):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(type(path), "open", refuse)
    assert says(path) == (
        "orders.csv: the file cannot be read (Permission denied). Close it in other programs and check that you are "
        "allowed to open it, then choose it again."
    )


@pytest.mark.parametrize(
    ("content", "kind"),
    [(b"%PDF-1.7 ...", "a PDF document"), (b"\x89PNG\r\n\x1a\n....", "a picture (PNG)"), (b"\x7fELF....", "a program")],
)
def test_files_of_other_kinds(tmp_path, content, kind):
    assert (
        says(write(tmp_path, content))
        == f"orders.csv is {kind}, not a table. Save the table as CSV or Excel and choose that file."
    )


def test_binary_file(tmp_path):
    assert says(write(tmp_path, bytes(range(256)) * 20)) == (
        "orders.csv is not text: it holds bytes that no table in text form has. "
        "Save the table as CSV or Excel and choose that file."
    )


def test_damaged_workbook(tmp_path):
    assert says(write(tmp_path, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"junk" * 400, "orders.xls")) == (
        "orders.xls cannot be opened as a spreadsheet: it is damaged or protected by a password. "
        "Open it, save it without a password, and choose it again."
    )


def test_damaged_archive(tmp_path):
    text = "orders.zip: the archive cannot be unpacked. Unpack it yourself and choose the file inside."
    assert says(write(tmp_path, b"PK\x03\x04" + b"\0" * 50, "orders.zip")) == text


def test_header_only(tmp_path):
    assert says(write(tmp_path, "customer_id,order_date,amount\n")) == (
        "orders.csv has a header (customer_id, order_date, amount) but no rows under it. Export it again with its rows."
    )


def test_no_customer(tmp_path):
    rows = "".join(f"{i},2024-01-{1 + i % 28:02d},{i}.50\n" for i in range(50))
    assert says(write(tmp_path, "order_id,order_date,amount\n" + rows)) == (
        "orders.csv: no column can be the customer; found order_id, order_date, amount. "
        "Choose the column with the customer's number or name."
    )


def test_nothing_about_customers(tmp_path):
    text = "orders.csv: no column can be the customer; found remark. Choose the column with the customer's number or name."
    assert says(write(tmp_path, "remark\n" + "good\nbad\n" * 40)) == text


def test_no_readable_dates(tmp_path):
    path = write(tmp_path, ORDERS.replace("2024-01-", "early in the year "))
    choice = RoleChoice(kind=FileKind.ORDERS, column="order_date", role=Role.DATE)
    assert says(path, roles=[choice]) == (
        "orders.csv: none of the dates in column “order_date” can be read "
        "(such as “early in the year 01”, “early in the year 02”, “early in the year 03”). "
        "Choose another column for the date, or write the dates as 2024-12-31."
    )


def test_a_column_that_is_not_there(tmp_path):
    choice = RoleChoice(kind=FileKind.ORDERS, column="klant", role=Role.CUSTOMER)
    assert says(write(tmp_path, ORDERS), roles=[choice]) == (
        "orders.csv has no column “klant”; it has customer_id, order_date, amount. "
        "Choose one of them for “Customer number or name”."
    )


def test_a_column_mapped_twice(tmp_path):
    choices = [RoleChoice(kind=FileKind.ORDERS, column="amount", role=role) for role in (Role.AMOUNT, Role.PRICE)]
    assert says(write(tmp_path, ORDERS), roles=choices) == (
        "orders.csv: the column “amount” is mapped twice, to “Amount of money” and to “Price per item”. Give it one role."
    )


def test_two_columns_for_one_role(tmp_path):
    choices = [RoleChoice(kind=FileKind.ORDERS, column=column, role=Role.DATE) for column in ("order_date", "amount")]
    assert says(write(tmp_path, ORDERS), roles=choices) == (
        "orders.csv: “order_date” and “amount” are both mapped to “Date of the order”. Keep one of them."
    )


def test_no_main_file(tmp_path):
    with pytest.raises(DataError) as error:
        load_customers({FileKind.CONTACTS: write(tmp_path, ORDERS)})
    assert str(error.value) == (
        "No file of orders or customers is chosen. Choose a file with your orders, or one with your customers."
    )


def test_contacts_without_a_channel(tmp_path):
    files = {FileKind.ORDERS: write(tmp_path, ORDERS), FileKind.CONTACTS: write(tmp_path, ORDERS, "contacts.csv")}
    with pytest.raises(DataError) as error:
        load_customers(files)
    assert str(error.value) == (
        "contacts.csv: no column can be the channel (customer_id, order_date, amount). Choose the column of the channel."
    )


@pytest.mark.parametrize("customers", [1, 29])
def test_few_customers_are_no_error_here(tmp_path, customers):
    rows = "".join(f"c{i % customers},2024-01-{1 + i % 28:02d},{i}.50\n" for i in range(100))
    data = load_customers({FileKind.ORDERS: write(tmp_path, "customer_id,order_date,amount\n" + rows)})
    assert (len(data.customers), data.ledger.rows_kept) == (customers, 100)


def test_rows_after_the_analysis_date_are_set_aside(tmp_path):
    data = load_customers({FileKind.ORDERS: write(tmp_path, ORDERS)}, as_of=dt.date(2024, 1, 14))
    assert data.as_of == dt.date(2024, 1, 14)
    assert data.last_date == dt.date(2024, 1, 14)
    assert data.customers["recency_days"].min() == 0


def test_inspecting_says_the_same(tmp_path):
    with pytest.raises(DataError, match="the file is empty"):
        inspect_files({FileKind.ORDERS: write(tmp_path, "")})
