"""The table about all columns: what stands in them, in figures that are true."""

from segkit.reading.load import load_customers
from segkit.words.terms import FileKind


def test_a_rare_value_is_not_said_to_be_none_nor_a_common_one_to_be_all(tmp_path):
    path = tmp_path / "orders.csv"
    rows = [f"C{n % 90},2025-01-{n % 28 + 1:02},{n % 40 + 5},{'cancelled' if n == 7 else 'shipped'}" for n in range(600)]
    path.write_text("customer,date,amount,status\n" + "\n".join(rows) + "\n", encoding="utf-8")
    columns = load_customers({FileKind.ORDERS: path}).columns.set_index("column")
    assert columns.loc["status", "commonest"] == "shipped 99.8 %, cancelled 0.2 %"
