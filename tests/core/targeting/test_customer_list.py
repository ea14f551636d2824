import pandas as pd

from segkit.core.targeting.customer_list import customer_list
from tests.core.customer_tables import customer_data
from tests.core.parted import parted

NUMBERS = pd.Index(["20", "3", "100", "7"], dtype="str")
FORMED = parted(customer_data(pd.DataFrame({"visits": [1.0, 2, 3, 4]}, index=NUMBERS)), "abca")


def test_all_customers_stand_in_the_list_in_the_order_of_their_numbers_each_with_its_own_segment():
    table = customer_list(FORMED)
    assert [*table] == ["customer_id", "segment_id", "segment_name"]
    assert table.to_numpy().tolist() == [["100", "c", "C"], ["20", "a", "A"], ["3", "b", "B"], ["7", "a", "A"]]
    assert table.index.tolist() == [0, 1, 2, 3]


def test_names_that_a_person_gave_stand_before_those_that_came_with_the_segments():
    assert customer_list(FORMED, {"a": "Regulars"})["segment_name"].tolist() == ["C", "Regulars", "B", "Regulars"]


def test_only_the_segments_asked_for_are_listed():
    assert customer_list(FORMED, segments=("a",))["customer_id"].tolist() == ["20", "7"]
    assert customer_list(FORMED, segments=("c", "a"))["customer_id"].tolist() == ["100", "20", "7"]
    assert not len(customer_list(FORMED, segments=()))
