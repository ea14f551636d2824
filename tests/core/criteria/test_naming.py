import pytest

from segkit.core.criteria.naming import level_name, phrases


@pytest.mark.parametrize(
    ("level", "two", "said"),
    [
        ("Yes", True, ("not region", "region")),
        ("1", True, ("not region", "region")),
        ("1", False, ("not region 1", "mostly region 1")),
        ("3", False, ("not region 3", "mostly region 3")),
        ("No", True, ("not region no", "mostly region no")),
        ("Lisbon", False, ("not Lisbon", "mostly Lisbon")),
    ],
)
def test_a_level_is_named_so_that_it_says_something_alone(level, two, said):
    assert phrases("region", "Region", level, two=two) == tuple(text.replace("region no", "region No") for text in said)


def test_pots_of_answers_name_the_question():
    assert [level_name("yummy", level) for level in ("Yes", "No", "2", "Web shop")] == [
        "yummy",
        "not yummy",
        "yummy 2",
        "Web shop",
    ]
