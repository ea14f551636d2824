"""What names say, how sure that is, and the shapes of personal data at their bounds."""

import pytest

from segkit.core.data.roles.lexicon import (
    named_role,
    names_in_numbers,
    personal_by_content,
    says_date,
    side_money,
    tells,
)
from segkit.words.terms import Base, Role


@pytest.mark.parametrize(
    ("name", "role", "confidence"),
    [
        ("Kunden-Nr.", Role.CUSTOMER, 0.97),
        ("customer", Role.CUSTOMER, 0.9),
        ("respondent id", Role.CUSTOMER, 0.9),
        ("Firma", Role.CUSTOMER, 0.75),
        ("contact", Role.CUSTOMER, 0.6),
        ("InvoiceNo", Role.ORDER, 0.97),
        ("invoice", Role.ORDER, 0.7),
        ("recency", Role.RECENCY, 0.9),
        ("order count", Role.FREQUENCY, 0.9),
        ("Menge", Role.QUANTITY, 0.85),
        ("UnitPrice", Role.PRICE, 0.9),
        ("profit", Role.MARGIN, 0.9),
        ("Umsatz", Role.AMOUNT, 0.85),
        ("order status", Role.STATUS, 0.9),
        ("sales channel", Role.CHANNEL, 0.9),
        ("product line", Role.PRODUCT, 0.85),
        ("order date", Role.DATE, 0.9),
    ],
)
def test_how_sure_a_name_is(name, role, confidence):
    """A number or id is surer than the bare word, and that is surer than a person's or firm's name."""
    assert named_role(name)[0] == (role, confidence)


def test_an_unknown_name_says_nothing():
    assert named_role("xyz") == []


@pytest.mark.parametrize(("name", "general"), [("ID", True), ("Document No", True), ("Ref.", True), ("order id", False)])
def test_general_names_of_numbers(name, general):
    assert names_in_numbers(name) is general


@pytest.mark.parametrize(
    ("name", "aside"),
    [("Shipping fee", True), ("MwSt", True), ("MWST", True), ("USt", True), ("Amount", False), ("taxi", False)],
)
def test_money_beside_the_goods(name, aside):
    assert side_money(name) is aside


@pytest.mark.parametrize(
    ("name", "dated"),
    [("updated", True), ("born", True), ("Kunde seit", True), ("Kauftag", True), ("amount", False), ("Kanal", False)],
)
def test_names_of_points_in_time(name, dated):
    assert says_date(name) is dated


def test_a_name_tells_each_base_that_it_has_a_word_of():
    assert tells("product quality", Base.PSYCHOGRAPHIC) and tells("product quality", Base.BEHAVIOURAL)
    assert not tells("product quality", Base.DEMOGRAPHIC) and not tells("xyz", Base.PSYCHOGRAPHIC)


MAIL, IBAN, PHONE, STREET = "a@shop.example", "DE89370400440532013000", "+49 30 1234567", "Kirchgasse 6"


@pytest.mark.parametrize(
    ("one", "enough", "what"),
    [
        (MAIL, 5, "e-mail addresses"),
        (IBAN, 5, "account numbers"),
        (PHONE, 5, "telephone numbers"),
        (STREET, 4, "street addresses"),
    ],
)
def test_how_many_of_ten_make_a_column_personal(one, enough, what):
    assert personal_by_content((one,) * enough + ("x",) * (10 - enough)) == what
    assert personal_by_content((one,) * (enough - 1) + ("x",) * (11 - enough)) == ""


def test_two_examples_are_too_few_to_tell():
    assert personal_by_content((MAIL,) * 2) == ""
    assert personal_by_content((MAIL,) * 3) == "e-mail addresses"


@pytest.mark.parametrize(
    ("one", "times", "of", "personal"),
    [
        ("Anna Meyer", 10, 20, True),
        ("Anna Meyer", 9, 20, False),
        ("Anna Meyer", 3, 3, True),
        ("Anna Maria van Dyk", 8, 8, True),
        ("Anna has bought five things", 8, 8, False),
        ("Lübeck Anna", 8, 8, False),
        (" Anna-Lena", 8, 8, True),
    ],
)
def test_names_of_people_are_a_known_given_name_and_perhaps_a_family_name(one, times, of, personal):
    found = personal_by_content((one,) * times + ("Lantern",) * (of - times))
    assert found == ("names of people" if personal else "")
