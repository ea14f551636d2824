"""Signs of damage: at which number each is seen, and that the evidence names the numbers."""

import dataclasses

import pytest

from segkit.core.data.damage import (
    DateSigns,
    IdSigns,
    MoneySigns,
    blank_rows,
    broken_letters,
    damaged_dates,
    damaged_ids,
    damaged_money,
    truncated,
    unmatched_by_zeros,
)
from segkit.words.terms import Severity

DATES = DateSigns("d", readable=100, unreadable=0, first_of_month=4, up_to_12=40, months=12, days=90, texts_beyond_12=0,
                  year_first_up_to_12=0, year_first=0, without_day=False)  # fmt: skip
MONEY = MoneySigns("m", commas=0, points=0, whole=0, decimal=0, median_whole=None, median_decimal=None, hundredfold=0, fits=0)
IDS = IdSigns("i", different=100, scientific=0, longest=6, padded=0, shorter=0, postcode=False)


def dates(**signs):
    return damaged_dates("f.csv", dataclasses.replace(DATES, **signs))


def money(**signs):
    return damaged_money("f.csv", dataclasses.replace(MONEY, **signs))


def ids(**signs):
    return damaged_ids("f.csv", dataclasses.replace(IDS, **signs))


def test_sound_columns_have_no_findings():
    assert dates() == money() == ids() == []


def test_every_finding_names_its_file_and_its_column():
    found = [
        *dates(up_to_12=100), *dates(without_day=True), *money(commas=9, points=9), *money(hundredfold=9, fits=1),
        *ids(scientific=1), *ids(padded=5, shorter=5), *ids(postcode=True, shorter=9), *broken_letters("f.csv", "b", 1, "Ã¼"),
    ]  # fmt: skip
    assert [one.file_name for one in found] == ["f.csv"] * 8
    assert [one.column for one in found] == ["d", "d", "m", "m", "i", "i", "i", "b"]
    assert all(one.what and one.evidence and one.remedy for one in found)


@pytest.mark.parametrize(("rows", "blank", "said"), [(10, 5, False), (10, 6, True), (0, 0, False), (1_000, 501, True)])
def test_a_file_is_called_empty_when_more_than_half_its_rows_are(rows, blank, said):
    found = blank_rows("f.csv", rows, blank)
    assert bool(found) is said
    if said:
        assert found[0].severity is Severity.SERIOUS and found[0].file_name == "f.csv"
        assert f"{blank:,} of {rows:,} rows" in found[0].evidence


@pytest.mark.parametrize("rows", [16_383, 16_384, 65_535, 65_536, 1_048_575, 1_048_576])
def test_a_file_that_fills_a_sheet_with_or_without_its_header_was_cut_off(rows):
    (found,) = truncated("f.csv", rows, "")
    assert found.severity is Severity.SERIOUS and "spreadsheet" in found.what and f"{rows:,} rows" in found.evidence


@pytest.mark.parametrize(
    "rows",
    [500, 1_000, 2_000, 2_500, 5_000, 10_000, 20_000, 25_000, 50_000, 100_000, 200_000, 250_000, 500_000, 1_000_000],
)  # fmt: skip
def test_a_round_number_of_rows_is_suspected(rows):
    (found,) = truncated("f.csv", rows, "")
    assert found.severity is Severity.WARNING and f"exactly {rows:,} rows" in found.evidence
    assert truncated("f.csv", rows - 1, "") == truncated("f.csv", rows + 1, "") == []


@pytest.mark.parametrize("rows", [0, 16_382, 16_385, 65_534, 65_537, 1_048_574, 1_048_577, 1_500, 3_000])
def test_other_numbers_of_rows_are_not_suspected(rows):
    assert truncated("f.csv", rows, "") == []


def test_a_line_that_breaks_off_says_so_whatever_the_number_of_rows():
    (found,) = truncated("f.csv", 500, "Line 501 has 3 of 9 columns.")
    assert (found.severity, found.evidence) == (Severity.SERIOUS, "Line 501 has 3 of 9 columns.")


def test_broken_letters_are_counted():
    assert broken_letters("f.csv", "c", 0, "Ã¼") == []
    assert broken_letters("f.csv", "c", 1, "Ã¼")[0].evidence.startswith("1 row holds signs such as “Ã¼”")
    assert broken_letters("f.csv", "c", 1_200, "Ã¼")[0].evidence.startswith("1,200 rows hold")


LEFT = {"texts_beyond_12": 5, "year_first": 100, "year_first_up_to_12": 98}


@pytest.mark.parametrize(
    ("signs", "said"),
    [
        (LEFT, True),
        (LEFT | {"texts_beyond_12": 4}, False),
        (LEFT | {"year_first_up_to_12": 97}, False),
        (LEFT | {"year_first": 5, "year_first_up_to_12": 5}, True),
        (LEFT | {"year_first": 4, "year_first_up_to_12": 4}, False),
        (LEFT | {"readable": 20}, True),
        (LEFT | {"readable": 19}, False),
    ],
)
def test_days_and_months_were_exchanged_where_only_days_above_12_stayed_texts(signs, said):
    found = dates(**signs)
    assert bool(found) is said
    if said:
        assert found[0].severity is Severity.SERIOUS and "swapped days and months" in found[0].what
        share = 100 * signs["year_first_up_to_12"] // signs["year_first"]
        assert "5 dates are still texts" in found[0].evidence
        assert f"of the {signs['year_first']} turned into dates {share} % have" in found[0].evidence


LOW = {"months": 3, "days": 30, "up_to_12": 100}


@pytest.mark.parametrize(
    ("signs", "said"),
    [(LOW, True), (LOW | {"months": 2}, False), (LOW | {"days": 29}, False), (LOW | {"up_to_12": 99}, False)],
)
def test_days_and_months_were_exchanged_where_no_day_is_above_12(signs, said):
    found = dates(**signs)
    assert bool(found) is said
    if said:
        assert found[0].severity is Severity.SERIOUS
        assert found[0].evidence == "30 different dates in 3 months, and none of them after the 12th of a month."
        assert "and 7 cells cannot be read" in dates(**signs, unreadable=7)[0].evidence


@pytest.mark.parametrize(
    ("signs", "evidence"),
    [
        ({"months": 3, "first_of_month": 98}, "98 % of the dates are the first of a month (3 months)."),
        ({"months": 3, "first_of_month": 97}, None),
        ({"months": 2, "first_of_month": 100}, None),
        ({"months": 2, "without_day": True}, "The column holds months only, 2 of them."),
        ({"months": 3, "first_of_month": 100, "without_day": True}, "The column holds months only, 3 of them."),
        ({"months": 2, "without_day": True, "readable": 19}, None),
    ],
)
def test_dates_lost_their_day(signs, evidence):
    found = dates(**signs)
    assert [one.evidence for one in found] == ([evidence] if evidence else [])
    assert all(one.severity is Severity.WARNING and "lost their day" in one.what for one in found)


@pytest.mark.parametrize(
    ("commas", "points", "said"),
    [(3, 297, True), (297, 3, True), (3, 298, False), (298, 3, False), (2, 9, False), (3, 3, True), (0, 500, False)],
)
def test_decimal_signs_are_mixed_where_three_rows_and_one_in_a_hundred_differ(commas, points, said):
    found = money(commas=commas, points=points)
    assert bool(found) is said
    if said:
        assert found[0].severity is Severity.SERIOUS and "mixed" in found[0].what
        assert f"{commas} rows write decimals with a comma, {points} with a point" in found[0].evidence


@pytest.mark.parametrize(("hundredfold", "fits", "said"), [(3, 297, True), (3, 298, False), (2, 2, False), (0, 9, False)])
def test_amounts_a_hundred_times_too_high_are_seen_by_quantity_and_price(hundredfold, fits, said):
    found = money(hundredfold=hundredfold, fits=fits)
    assert bool(found) is said
    if said:
        assert found[0].severity is Severity.SERIOUS and "100 times too high" in found[0].what
        assert f"In {hundredfold} rows the amount is a hundred times" in found[0].evidence
        assert f"in {fits} it fits" in found[0].evidence


@pytest.mark.parametrize(
    ("whole", "decimal", "median_whole", "median_decimal", "said"),
    [
        (20, 80, 600.0, 10.0, True),
        (20, 80, 599.0, 10.0, False),
        (20, 80, 1700.0, 10.0, True),
        (20, 80, 1701.0, 10.0, False),
        (20, 80, None, 10.0, False),
        (20, 80, 600.0, None, False),
        (20, 80, 600.0, 0.0, False),
        (5, 45, 600.0, 10.0, True),
        (4, 46, 600.0, 10.0, False),
        (5, 245, 600.0, 10.0, True),  # one in fifty
        (5, 246, 600.0, 10.0, False),
        (95, 5, 600.0, 10.0, True),  # nineteen in twenty
        (96, 4, 600.0, 10.0, False),
    ],
)
def test_amounts_a_hundred_times_too_high_are_seen_by_their_median(whole, decimal, median_whole, median_decimal, said):
    found = money(whole=whole, decimal=decimal, median_whole=median_whole, median_decimal=median_decimal)
    assert bool(found) is said
    if said:
        times = round(median_whole / median_decimal)
        assert found[0].evidence == (
            f"{whole} rows have no decimals; their median is {times} times that of the {decimal} rows that have some."
        )


def test_mixed_and_lost_decimal_signs_are_both_told():
    assert len(money(commas=9, points=9, hundredfold=9, fits=9)) == 2


def test_one_rounded_number_is_enough():
    (found,) = ids(scientific=1)
    assert found.severity is Severity.SERIOUS and found.evidence.startswith("1 different values are written as 1.23E+12")


ZEROS = {"padded": 297, "shorter": 3, "longest": 3}


@pytest.mark.parametrize(
    ("signs", "said"),
    [
        (ZEROS, True),
        (ZEROS | {"padded": 298}, False),
        (ZEROS | {"padded": 3}, True),
        (ZEROS | {"padded": 2}, False),
        (ZEROS | {"padded": 9, "shorter": 2}, False),
        (ZEROS | {"longest": 2}, False),
    ],
)
def test_zeros_were_lost_where_some_begin_with_one_and_some_are_shorter(signs, said):
    found = ids(**signs)
    assert bool(found) is said
    if said:
        assert found[0].severity is Severity.WARNING and found[0].what.startswith("Leading zeros")
        assert found[0].evidence == f"{signs['padded']} values have 3 digits and begin with a zero, 3 are shorter."


@pytest.mark.parametrize(
    ("signs", "said"),
    [
        ({"shorter": 3, "different": 300}, True),
        ({"shorter": 3, "different": 301}, False),
        ({"shorter": 3, "different": 6}, True),
        ({"shorter": 4, "different": 7}, False),
        ({"shorter": 2, "different": 9}, False),
        ({"shorter": 3, "different": 9, "padded": 1}, False),
        ({"shorter": 3, "different": 9, "postcode": False}, False),
    ],
)
def test_postcodes_lost_their_zeros_where_none_begins_with_one_and_few_are_shorter(signs, said):
    found = ids(**{"postcode": True} | signs)
    assert bool(found) is said
    if said:
        assert found[0].severity is Severity.WARNING and "Postcodes" in found[0].what
        assert f"{signs['shorter']} of {signs['different']} have one digit fewer" in found[0].evidence


@pytest.mark.parametrize(
    ("matched", "without_zeros", "said"),
    [(57, 60, True), (58, 60, False), (95, 100, True), (96, 100, False), (0, 3, True), (0, 2, False), (60, 60, False)],
)
def test_two_files_that_would_meet_without_zeros(matched, without_zeros, said):
    found = unmatched_by_zeros("f.csv", matched, without_zeros)
    assert bool(found) is said
    if said:
        assert found[0].severity is Severity.SERIOUS and found[0].file_name == "f.csv"
        assert f"{matched} customers are in both files as written, {without_zeros} if" in found[0].evidence
