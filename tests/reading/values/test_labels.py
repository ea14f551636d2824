"""Names and labels of variables, as people would write them."""

import pytest

from segkit.reading.values.labels import label_of, level_label, variable_name


@pytest.mark.parametrize(
    ("header", "name"),
    [
        ("MntFishProducts", "mnt_fish_products"),
        ("Marital_Status", "marital_status"),
        (" Umsatz (€) ", "umsatz"),
        ("Größe/Länge", "grosse_lange"),
        ("%", "column"),
        ("", "column"),
        ("Q1 2024", "q1_2024"),
    ],
)
def test_a_header_becomes_small_letters_and_underscores(header, name):
    assert variable_name(header) == name


@pytest.mark.parametrize(
    ("header", "label"),
    [
        ("Marital_Status", "Marital status"),
        ("MntFishProducts", "Money spent: fish products"),
        ("MtnWines", "Money spent: wines"),
        ("NumWebPurchases", "Purchases: web"),
        ("Num_Purchases", "Number of purchases"),
        ("NumCatalogVisits", "Number of catalog visits"),
        ("DealsPurchases Num", "Number of deals purchases"),
        ("NumOfProducts", "Number of products"),
        ("no_of_items", "Number of items"),
        ("Nr. of visits", "Number of visits"),
        ("no newsletter", "No newsletter"),
        ("Walla Walla", "Walla walla"),
        ("avg_amt", "Average amount"),
        ("qty", "Quantity"),
        ("AcceptedCmp3", "Accepted campaign 3"),
        ("cmp3", "Campaign 3"),
        ("cmp1", "Campaign 1"),
        ("cmp9", "Campaign 9"),
        ("cmp0", "Cmp0"),
        ("cmp10", "Cmp10"),
        ("nps", "NPS"),
        ("town", "Town"),
        ("t", "T"),
        (" Ω ", "Ω"),
        (" % ", "%"),
        ("", ""),
    ],
)
def test_a_header_becomes_words(header, label):
    assert label_of(header) == label


@pytest.mark.parametrize(
    ("level", "label"),
    [
        ("web_shop", "Web shop"),
        ("web_shop_2", "Web shop 2"),
        ("shop", "Shop"),
        ("a", "A"),
        ("web__shop", "Web__shop"),
        ("_shop", "_shop"),
        ("Web_Shop", "Web_Shop"),
        ("eBay", "eBay"),
        ("on the phone", "On the phone"),
        ("", ""),
    ],
)
def test_a_value_becomes_words_and_capitals_stay(level, label):
    assert level_label(level) == label
