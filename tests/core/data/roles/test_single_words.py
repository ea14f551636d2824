"""What single words in a longer name say."""

import pytest

from segkit.core.data.roles.single_words import names_a_document, worded_role
from segkit.words.terms import Role


@pytest.mark.parametrize(
    ("name", "role"),
    [
        ("Sold-to party number", Role.CUSTOMER),
        ("Voucher number of day", Role.ORDER),
        ("increment_id", Role.ORDER),
        ("Total units now", Role.QUANTITY),
        ("List price today", Role.PRICE),
        ("Price in total", Role.AMOUNT),
        ("Profit this year", Role.MARGIN),
        ("Line Amount Excl. VAT", Role.AMOUNT),
        ("VAT amount", None),
        ("MwSt-Betrag", None),
        ("USt_Betrag", None),
        ("Betrag alt inkl. MwSt.", Role.AMOUNT),
        ("Netto ohne USt", Role.AMOUNT),
        ("Shipping total", None),
        ("annual revenue", None),
        ("Main item label", Role.PRODUCT),
        ("Status (shop)", Role.STATUS),
        ("Kanal heute", Role.CHANNEL),
        ("xyz", None),
    ],
)
def test_role_by_a_word(name, role):
    assert worded_role(name) is role


def test_names_of_documents():
    assert names_a_document("Receipt") and names_a_document("re 2024")
    assert not names_a_document("Customer") and not names_a_document("preorders")
