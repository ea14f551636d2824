"""Firms and consumers are told apart by several signs together, and not where the signs are weak or disagree."""

import pytest

from segkit.core.data.market import Market, Sign, few_domains, is_tax_number, legal_form
from segkit.words.terms import CustomerKind

FIRM, PERSON = CustomerKind.BUSINESS, CustomerKind.CONSUMER


@pytest.mark.parametrize(
    ("signs", "expected"),
    [
        ((), None),
        (((FIRM, 1),), None),
        (((FIRM, 2),), FIRM),
        (((FIRM, 1), (FIRM, 1)), FIRM),
        (((FIRM, 2), (PERSON, 1)), None),
        (((PERSON, 2),), PERSON),
        (((PERSON, 2), (FIRM, 2)), None),
        (((PERSON, 1), (FIRM, 3)), FIRM),
    ],
)
def test_one_side_must_clearly_outweigh_the_other(signs, expected):
    market = Market(tuple(Sign(kind, weight, f"sign {n} of {kind}") for n, (kind, weight) in enumerate(signs)))
    assert market.kind is expected
    assert (market.why == "") is (expected is None)
    if expected:
        other = PERSON if expected is FIRM else FIRM
        assert f"of {expected}" in market.why and f"of {other}" not in market.why


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("Müller GmbH & Co. KG", "GmbH"),
        ("Smith & Sons", "& Sons"),
        ("Land of Toys Inc.", "Inc"),
        ("Reims Collectables SARL", "SARL"),
        ("De Vries B.V.", "B.V"),
        ("Rossi S.r.l.", "S.r.l"),
        ("Nordic Paper AB", "AB"),
        ("Deutsche Post AG", "AG"),
        ("Ana Costa", ""),
        ("AB", ""),
        ("Inca Martinez", ""),
        ("Vince Corpus", ""),
        ("Olivia Limitedness", ""),
    ],
)
def test_a_legal_form_is_a_word_of_its_own(name, form):
    assert legal_form(name) == form


@pytest.mark.parametrize(
    ("cell", "yes"), [("DE123456789", True), ("ATU 12345678", True), ("DE12345", False), ("C000123456", False)]
)
def test_a_vat_number_has_the_digits_of_its_country(cell, yes):
    assert is_tax_number(cell) is yes


def test_a_few_mail_providers_tell_consumers_and_domains_of_their_own_firms():
    people = [f"p{n}@{'abcde'[n % 5]}.example" for n in range(90)] + [f"x{n}@own{n}.example" for n in range(10)]
    share, domains = few_domains(people)
    assert share == pytest.approx(0.9) and domains == pytest.approx(0.15)
    assert few_domains([f"info@firm{n}.example" for n in range(40)]) == (pytest.approx(5 / 40), 1.0)
    assert few_domains([]) == (0.0, 0.0)
