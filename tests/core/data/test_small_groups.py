"""No value that fewer than five customers have is left; what they make up together is kept and counted."""

from dataclasses import replace

import pandas as pd

from segkit.core.data.small_groups import without_small_groups
from segkit.words.terms import Base
from tests.core.customer_tables import customer_data


def shop(towns, **columns):
    frame = pd.DataFrame({"frequency": range(len(towns)), "town": towns, **columns}, dtype=object)
    frame = frame.astype({name: "str" if name == "town" else "float64" for name in frame})
    return customer_data(frame.set_axis(pd.Index([f"c{i:03}" for i in range(len(towns))], name="customer_id")))


def test_values_of_fewer_than_five_customers_stand_together():
    data = without_small_groups(shop(["Bonn"] * 20 + ["Ulm"] * 5 + ["Kiel"] * 4 + ["Jena"] * 3))
    assert data.customers["town"].value_counts().to_dict() == {"Bonn": 20, "other": 7, "Ulm": 5}
    assert data.variable("town").usable
    assert data.notes == ("Values shared by fewer than five customers are grouped as “other”: 2 in “Town”.",)


def test_they_join_a_value_that_is_called_other_already():
    data = without_small_groups(shop(["Bonn"] * 20 + ["Other"] * 5 + ["Kiel"] * 4))
    assert set(data.customers["town"]) == {"Bonn", "Other"}


def test_a_category_of_nothing_else_says_why_it_forms_no_segments():
    data = without_small_groups(shop([f"Town {i}" for i in range(30)]))
    assert set(data.customers["town"]) == {"other"}
    assert data.variable("town").why_not == "each of its values belongs to fewer than five customers"


def test_missing_values_stay_missing():
    data = without_small_groups(shop(["Bonn"] * 20 + [None] * 10 + ["Kiel"]))
    assert data.customers["town"].isna().sum() == 10


def test_without_small_groups_the_data_stay_as_they_are():
    data = shop(["Bonn"] * 20 + ["Ulm"] * 10)
    assert without_small_groups(data) is data
    again = without_small_groups(shop(["Bonn"] * 20 + ["Ulm"] * 5 + ["Kiel"] * 4))
    assert without_small_groups(again) is again, "what stands together is not said twice"


def test_a_variable_about_one_such_value_is_left_out_and_counted():
    data = without_small_groups(shop(["Bonn"] * 30, share_item_rare=[0.5] * 4 + [0] * 26, share_item_tea=[0.5] * 5 + [0] * 25))
    assert [v.name for v in data.variables] == list(data.customers) == ["frequency", "town", "share_item_tea"]
    assert data.notes == ("1 variable about one such value alone is left out.",)


def test_money_by_category_keeps_its_sum():
    money = pd.DataFrame(
        [
            ("item", "Item", "tea", 50.0, 90, False),
            ("item", "Item", "cups", 55.0, 9, False),
            ("item", "Item", "rare", 40.0, 2, True),
            ("item", "Item", "seldom", 30.0, 1, True),
            ("how", "How", "web", 120.0, 12, False),
        ],
        columns=["variable", "label", "level", "money", "orders", "few"],
    )
    data = replace(shop(["Bonn"] * 30), category_money=money, year_before=money)
    found = without_small_groups(data)
    assert found.category_money.to_numpy().tolist() == [
        ["item", "Item", "other", 125.0, 12, False],
        ["item", "Item", "tea", 50.0, 90, False],
        ["how", "How", "web", 120.0, 12, False],
    ]
    assert found.year_before.equals(found.category_money)
    assert found.notes == ("Values shared by fewer than five customers are grouped as “other”: 2 in “Item”.",)
    assert data.category_money is money and Base.BEHAVIOURAL
