"""The table about all columns: what stands in them, in figures that are true."""

import pytest

from segkit.reading.overview import columns_frame
from segkit.words.terms import Base
from tests.reading.engine import known


def overview(engine, tmp_path, roles, rows, **how):
    return columns_frame([known(engine, tmp_path, roles, rows, **how)]).set_index("column")


def commonest(engine, tmp_path, cells, role="status"):
    """Return what is shown where each row stands for five customers: fewer are never shown."""
    return overview(engine, tmp_path, f"x:{role}", [[cell] for cell in cells for _ in range(5)]).loc["x", "commonest"]


def test_each_column_with_its_figures(engine, tmp_path):
    rows = [["C1", "2.5", "Bonn", "a@b.de"], ["C2", "4", "Ulm", "c@d.de"], ["C2", None, "Bonn", None], ["C3", "4", None, None]]
    found = overview(
        engine, tmp_path, "who:customer sum:amount town:category mail:personal", rows, bases=[("town", Base.GEOGRAPHIC)]
    )
    assert list(found["file"]) == ["orders.csv"] * 4
    assert list(found["role"]) == ["customer", "amount", "category", "personal"]
    assert list(found["base"]) == ["", "", "geographic", ""]
    assert list(found["filled"]) == [1, 0.75, 0.75, 0.5]
    assert list(found["distinct"]) == [3, 2, 2, 2]
    assert found.loc["sum", ["mean", "minimum", "maximum", "total"]].isna().all(), "of three customers no figure is shown"
    assert list(found["commonest"]) == [""] * 4


def test_the_lowest_and_the_highest_are_of_five_customers_each(engine, tmp_path):
    rows = [[f"C{i}", str(i)] for i in range(1, 11)] + [["C1", "90"]]
    found = overview(engine, tmp_path, "who:customer sum:amount", rows).loc["sum"]
    assert found[["mean", "minimum", "maximum", "total"]].tolist() == [
        pytest.approx(145 / 11), (1 + 2 + 3 + 4 + 5) / 5, (90 + 10 + 9 + 8 + 7) / 5, 145,
    ]  # fmt: skip


def test_no_value_is_shown_that_fewer_than_five_customers_have(engine, tmp_path):
    rows = [[f"C{i}", "Bonn"] for i in range(5)] + [[f"C{i % 4}", "Ulm"] for i in range(20)] + [["C9", "Kiel"]] * 2
    assert overview(engine, tmp_path, "who:customer town:category", rows).loc["town", "commonest"] == "Bonn 19 %"


def test_a_value_of_many_rows_is_looked_at_in_full_where_its_first_rows_are_of_few_customers(engine, tmp_path):
    rows = [["C1", "Bonn"]] * 5_000 + [[f"C{i}", "Bonn"] for i in range(5)]
    assert overview(engine, tmp_path, "who:customer town:category", rows).loc["town", "commonest"] == "Bonn 100 %"


def test_a_person_among_the_values_is_not_shown_however_many_customers_have_it(engine, tmp_path):
    assert commonest(engine, tmp_path, ["jane@shop.example", "jane@shop.example", "Bonn"]) == "Bonn 33 %"
    assert overview(engine, tmp_path, "mail:email", [["jane@shop.example"]] * 9).loc["mail", "commonest"] == ""


@pytest.mark.parametrize("role", ["personal", "free_text", "customer", "order"])
def test_nothing_of_a_persons_data_but_its_counts(engine, tmp_path, role):
    found = overview(engine, tmp_path, f"phone:{role}", [["12"], ["34"], ["12"]])
    assert found.loc["phone", ["mean", "minimum", "maximum", "total"]].isna().all()
    assert (found.loc["phone", "commonest"], found.loc["phone", "distinct"], found.loc["phone", "filled"]) == ("", 2, 1)


def test_the_three_commonest_values_are_shown_the_alphabet_deciding_between_equals(engine, tmp_path):
    assert commonest(engine, tmp_path, ["d", "b", "a", "a", "c", " a ", None, ""]) == "a 50 %, b 17 %, c 17 %"


def test_values_of_dates_and_of_many_kinds_are_not_shown(engine, tmp_path):
    assert commonest(engine, tmp_path, ["2024-01-05", "2024-01-06"], "date") == ""
    assert commonest(engine, tmp_path, [f"v{i}" for i in range(60)]).startswith("v0 2 %, ")
    assert commonest(engine, tmp_path, [f"v{i}" for i in range(61)]) == ""
    assert commonest(engine, tmp_path, [None, ""]) == ""
    assert commonest(engine, tmp_path, ["Bonn"]) == "Bonn 100 %"


def test_numbers_are_shown_up_to_twelve_different_ones(engine, tmp_path):
    assert commonest(engine, tmp_path, [str(i) for i in range(12)], "number") == "0 8 %, 1 8 %, 10 8 %"
    assert commonest(engine, tmp_path, [str(i) for i in range(13)], "number") == ""


def test_a_rare_value_is_not_said_to_be_none_nor_a_common_one_to_be_all(engine, tmp_path):
    cells = ["shipped"] * 599 + ["cancelled"]
    assert commonest(engine, tmp_path, cells) == "shipped 99.8 %, cancelled 0.2 %"


def test_several_files_stand_under_each_other(engine, tmp_path):
    one = known(engine, tmp_path, "town:category", [["Bonn"]], name="a", file_name="a.csv")
    other = known(engine, tmp_path, "n:number", [["1"], [None]], name="b", file_name="b.csv")
    found = columns_frame([one, other])
    assert found[["file", "column", "filled"]].to_numpy().tolist() == [["a.csv", "town", 1.0], ["b.csv", "n", 0.5]]
    assert str(found["mean"].dtype) == "float64"
