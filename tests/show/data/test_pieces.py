"""What notebook 2 says of privacy, and of all that was noticed."""

from contextlib import nullcontext
from dataclasses import replace
from types import SimpleNamespace

import pytest

from segkit.core.data.customers import Join
from segkit.core.data.questions import Doubt
from segkit.core.data.roles.columns import ColumnRole
from segkit.show.data import pieces
from segkit.words.terms import FileKind, Role
from tests import made_up


def shown(piece, pseudonyms=False, **changes):
    data = replace(made_up.customer_data(), **changes)
    session = SimpleNamespace(
        results=SimpleNamespace(data=SimpleNamespace(customer_data=data)),
        data_decision=SimpleNamespace(pseudonyms=pseudonyms),
        writing=nullcontext,
    )
    return piece(session).html.text


def roles(*pairs):
    return {FileKind.ORDERS: tuple(ColumnRole(name, role, None, 0.9, "by hand") for name, role in pairs)}


def test_where_numbers_tell_customers_apart_nothing_has_to_be_kept_out():
    assert shown(pieces.privacy) == (
        "Answer: No column holds names, addresses, telephone numbers or free text, so none has to be kept out."
    )


@pytest.mark.parametrize(
    ("changes", "keys"),
    [
        ({"keys": "e-mail addresses"}, "e-mail addresses"),
        ({"keys": "names"}, "names"),
        ({"roles": roles(("Mail", Role.EMAIL))}, "e-mail addresses"),
    ],
)
def test_keys_that_tell_who_somebody_is_are_said_and_what_becomes_of_them(changes, keys):
    text = shown(pieces.privacy, **changes)
    assert text.startswith(f"Answer: Your customers are identified by {keys}, which are personal data: no report,")
    assert "Only the customer lists hold them" in text and "No column holds" not in text
    assert "The lists hold pseudonyms instead" in shown(pieces.privacy, pseudonyms=True, **changes)


def test_both_are_said_where_other_columns_are_personal_too():
    text = shown(pieces.privacy, keys="names", roles=roles(("Phone", Role.PERSONAL)))
    assert "identified by names" in text and "Phone" in text


def test_all_that_was_noticed_stands_below_how_the_files_were_read_the_weighty_first():
    text = shown(
        pieces.reading,
        joins=(Join(FileKind.SURVEY, 0, 600, 40),),
        notes=("Two spellings.", Doubt("A sheet was not read.")),
    )
    said = ["orders.csv: 5,000 rows", "Please note: Survey answers: 0 customers are in both",
            "Please note: A sheet was not read.", "Note: Two spellings.", "Note: 3 customers were merged"]  # fmt: skip
    assert [text.index(words) for words in said] == sorted(text.index(words) for words in said)
