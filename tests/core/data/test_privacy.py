"""What tells of a person: found wherever it stands, and hidden without losing the words around it."""

import pytest

from segkit.core.data.privacy import masked, personal, told_by


@pytest.mark.parametrize(
    ("cell", "kind"),
    [
        ("jane@shop.example", "e-mail address"),
        ("Ward 3, ask jane.o'neil+x@mail.shop.example", "e-mail address"),
        ("call +44 20 7946 0123", "telephone number"),
        ("030/55501234", "telephone number"),
        # the examples of ISO 13616's registry, as the banks of the countries print them
        ("GB82 WEST 1234 5698 7654 32", "account number"),
        ("DE89370400440532013000", "account number"),
        # RFC 5737 and RFC 3849: addresses kept for documentation
        ("203.0.113.7", "IP address"),
        ("203.0.113.7:443", "IP address"),
        ("198.51.100.0/24", "IP address"),
        ("2001:db8::1", "IP address"),
        ("[2001:db8::1]:443", "IP address"),
        ("203.0.113.7, 198.51.100.9", "IP address"),
    ],
)
def test_personal_cells(cell, kind):
    assert personal(cell) == kind


@pytest.mark.parametrize(
    "cell",
    ["", "front desk", "1.2.10.3", "2024-01-05 10:30:00", "10:30", "EAN 4006381333931", "12,345,678.90", "DE12 ABCD 1234",
     "A@home", "DE89370400440532013001", "1:2", ", ,"],
)  # fmt: skip
def test_what_tells_of_nobody(cell):
    assert personal(cell) == ""


def test_a_text_keeps_all_but_what_is_personal():
    text = "Ask jane@shop.example or +44 20 7946 0123, or jane@shop.example again: 5 of 12 rows (40 %)."
    mail, phone = "(hidden: e-mail address)", "(hidden: telephone number)"
    assert masked(text) == f"Ask {mail} or {phone}, or {mail} again: 5 of 12 rows (40 %)."
    assert masked(masked(text)) == masked(text)


@pytest.mark.parametrize(
    ("keys", "what"),
    [
        (["a@x.example", "b@x.example", "C3"], "e-mail addresses"),
        (["a@x.example", "C2", "C3"], ""),
        (["020 7946 0123", "020 7946 0124"], "telephone numbers"),
        (["Anna Meyer", "Müller, Jürgen", "J. R. Hartley", "Land of Toys Inc."], "names"),
        (["C0001", "C0002"], ""),
        (["Firm 001", "Firm 002"], ""),
        (["K00"], ""),
        ([], ""),
    ],
)
def test_what_the_keys_of_customers_tell(keys, what):
    assert told_by(keys) == what
