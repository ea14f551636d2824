"""Files that are brought are held against those in use: every relation is told from the counts, and said with them."""

import datetime as dt

import pytest

from segkit.core.data.kinship import Kinship, Orders, Relation
from segkit.workbook.taking import WAYS, Way

JAN, FEB, MAR, APR = (dt.date(2025, month, 1) for month in (1, 2, 3, 4))


def orders(number, first=JAN, last=FEB, customers=50):
    return Orders(number, customers, first, last)


@pytest.mark.parametrize(
    ("used", "brought", "shared", "columns", "expected"),
    [
        (orders(100), orders(100), 100, 1.0, Relation.SAME),
        (orders(100), orders(130, JAN, MAR), 100, 1.0, Relation.NEWER),
        (orders(100), orders(130, JAN, MAR), 96, 1.0, Relation.NEWER),
        (orders(130, JAN, MAR), orders(100), 100, 1.0, Relation.OLDER),
        (orders(100, JAN, MAR), orders(100, FEB, APR), 40, 1.0, Relation.OVERLAP),
        (orders(100, JAN, FEB), orders(100, MAR, APR), 0, 1.0, Relation.LATER),
        (orders(100, MAR, APR), orders(100, JAN, FEB), 0, 1.0, Relation.EARLIER),
        (orders(100, JAN, MAR), orders(100, FEB, APR), 0, 1.0, Relation.BESIDE),
        (orders(100), orders(100, None, None), 0, 1.0, Relation.BESIDE),
        (orders(100), orders(100), 100, 0.4, Relation.OTHER),
        (orders(100, JAN, MAR), orders(99, JAN, APR), 97, 1.0, Relation.NEWER),
        (orders(100, JAN, APR), orders(99, JAN, MAR), 97, 1.0, Relation.OLDER),
    ],
)
def test_the_relation_of_two_files_is_told_from_what_they_share(used, brought, shared, columns, expected):
    kin = Kinship(used, brought, shared, 20, columns)
    assert kin.relation is expected
    assert kin.sentence("new.csv", "old.csv").startswith("new.csv") and "old.csv" in kin.sentence("new.csv", "old.csv")


def test_every_relation_has_its_ways_and_only_alike_files_can_be_added():
    assert set(WAYS) == set(Relation) and all(Way.LEAVE in ways for ways in WAYS.values())
    assert Way.ADD not in WAYS[Relation.OTHER]


def test_the_figures_of_an_overlap_are_said():
    said = Kinship(orders(100), orders(90), 30, 20, 1.0).sentence("new.csv", "old.csv")
    assert said == (
        "new.csv and old.csv overlap: 30 of 90 orders are there already, 60 orders are new. Anything in both counts once."
    )
