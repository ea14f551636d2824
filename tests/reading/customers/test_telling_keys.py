"""What the keys of customers tell of them is known from the files: their cells, or the name of their column."""

import pytest

from segkit.reading.load import load_customers
from segkit.words.terms import FileKind


@pytest.mark.parametrize(
    ("header", "key", "what"),
    [
        ("Customer No", "C{:03}", ""),
        ("Email", "person{:03}@mail.example", "e-mail addresses"),
        ("Customer", "Land of Toys Inc. {}", ""),  # firms with a number behind read as codes …
        ("Company name", "Firm {:03}", "names"),  # … unless the column says that they are names
    ],
)
def test_keys_that_tell_who_somebody_is(header, key, what, tmp_path):
    path = tmp_path / "orders.csv"
    rows = [f"{i},2024-01-{i % 27 + 1:02},{key.format(i % 40)},{10 + i % 7}.50" for i in range(120)]
    path.write_text(f"Order,Date,{header},Total\n" + "\n".join(rows) + "\n", encoding="utf-8")
    data = load_customers({FileKind.ORDERS: path})
    assert (len(data.customers), data.keys) == (40, what)
