import pytest

from segkit.core.data.roles.columns import ColumnRole
from segkit.words.terms import Role


@pytest.mark.parametrize(
    ("confidence", "said"),
    [(1.0, "sure"), (0.85, "sure"), (0.84, "likely"), (0.6, "likely"), (0.59, "a guess"), (0.0, "a guess")],
)
def test_confidence_in_words(confidence, said):
    assert ColumnRole("c", Role.NUMBER, None, confidence, "because").certainty == said
    assert ColumnRole("c", Role.NUMBER, None, confidence, "because", by_person=True).certainty == "your choice"
