"""Numbers and percentages as people type them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from segkit.words.errors import WorkbookError
from segkit.words.typed import typed_number, typed_percent


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("1234.5", 1234.5), ("1 234,5", 1234.5), ("1.234,50", 1234.5), ("1,234.50", 1234.5), ("12,5", 12.5), ("1,234", 1234),
        ("1500 EUR", 1500), ("€ 1 500 000", 1_500_000), ("EUR 1'500.50", 1500.5), ("1.000.000", 1_000_000), ("Fr. 12.50", 12.5),
        ("−3", -3), ("- 3", -3), ("+7", 7), ("5\n", 5), (" 12  hours", 12), ("3.", 3), (".5", 0.5), ("0,333", 0.333), ("٣", 3),
    ],
)  # fmt: skip
def test_a_number_is_read_as_people_write_it(typed, meant):
    assert typed_number(typed).value == meant


@pytest.mark.parametrize("typed", ["1.500", "1,500", "EUR 12.345"])
def test_what_could_mean_two_things_is_said_to_be_unsure(typed):
    assert typed_number(typed).unsure and not typed_number("1500").unsure and not typed_number("12.50").unsure


@pytest.mark.parametrize(
    "typed",
    ["twelve", "12 or 13", "9e99", "1e5", "NaN", "inf", "<b>5</b>", "5\n6", "1,5,0", "..", "2026-01-01", "12:30", "😀", "٫5",
     "½", "\u202e5", "=1+1", "1.2.3,4", "5;6", "x" * 300],
)  # fmt: skip
def test_what_is_no_number_is_refused_in_words(typed):
    with pytest.raises(WorkbookError, match=r"is not a number\. Type digits, such as 1,500 or 12\.5\.") as caught:
        typed_number(typed)
    assert len(str(caught.value)) < 120


def test_nothing_typed_is_no_number_and_a_slip_of_the_finger_is_asked_about():
    assert typed_number("  ").value is typed_percent("").value is None
    with pytest.raises(WorkbookError, match="is too large"):
        typed_number("9" * 20)


@pytest.mark.parametrize(
    ("typed", "share"), [("5", 0.05), ("5 %", 0.05), ("12,5%", 0.125), ("0", 0), ("100", 1), ("250 %", 2.5)]
)
def test_a_percentage_is_a_share(typed, share):
    assert typed_percent(typed).value == pytest.approx(share)
    assert typed_percent("0.05").unsure and not typed_percent("0.05 %").unsure


@given(st.floats(-1e12, 1e12, allow_nan=False).map(lambda value: round(value, 2)))
def test_what_the_workbook_writes_into_a_field_is_read_back_as_it_was(value):
    assert typed_number(f"{value:,.15g}").value == pytest.approx(value, abs=1e-9) if abs(value) >= 1e-4 or value == 0 else True


@given(st.text(max_size=40))
def test_whatever_is_typed_is_a_number_or_refused_in_words(text):
    try:
        typed_number(text)
    except WorkbookError as error:
        assert "Traceback" not in str(error)
