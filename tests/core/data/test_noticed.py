"""What was noticed while reading: all of it, the weighty first, and nothing that tells of a person."""

from dataclasses import replace

import pytest

from segkit.core.data.cleaning import Ledger, RuleCount
from segkit.core.data.customers import Join
from segkit.core.data.damage import Finding
from segkit.core.data.noticed import Notice, noticed, weighty
from segkit.core.data.questions import Answer, Doubt, Question
from segkit.core.data.roles.columns import ColumnRole
from segkit.words.terms import Base, CleaningRule, FileKind, Role, Severity
from tests.core.customer_tables import customer_data, shop

SERIOUS, WARNING, NOTE = Severity
DATA = customer_data(shop(60))
QUESTION = Question(
    "orders.customer",
    "Who is the customer?",
    "Two columns could be.",
    (Answer("by DealerRef", "35 customers", taken=True), Answer("by ArticleRef", "40 customers")),
)


def told(**changes):
    return noticed(replace(DATA, **changes))


def test_nothing_noticed_is_nothing_said():
    assert noticed(DATA) == () and weighty(()) == ()


def test_the_weighty_stands_first():
    found = told(
        notes=("Two spellings were read as one.", Doubt("One sheet was not read.")),
        damage=(
            Finding(WARNING, "a.csv", "", "Perhaps cut off.", "1,000 rows.", "Export again."),
            Finding(SERIOUS, "a.csv", "when", "Days and months are exchanged.", "No day after the 12th.", "Export again."),
        ),
        questions=(QUESTION,),
        merged_customers=2,
    )
    assert found == (
        Notice(SERIOUS, "a.csv, column “when”: Days and months are exchanged. No day after the 12th. Export again."),
        Notice(
            WARNING,
            "To confirm: Who is the customer? Two columns could be. Used for now: by DealerRef (35 customers).",
        ),
        Notice(WARNING, "a.csv: Perhaps cut off. 1,000 rows. Export again."),
        Notice(WARNING, "One sheet was not read."),
        Notice(NOTE, "Two spellings were read as one."),
        Notice(NOTE, "2 customers were merged into another: the same person under two numbers."),
    )
    assert weighty(found) == (f"Serious: {found[0].text}", *(notice.text for notice in found[1:4]))
    apart = noticed(replace(DATA, questions=(QUESTION,), notes=(Doubt("One sheet was not read."),)), questions=False)
    assert apart == (Notice(WARNING, "One sheet was not read."),)


@pytest.mark.parametrize(
    ("join", "severity"),
    [
        (Join(FileKind.SURVEY, 0, 60, 40), SERIOUS),
        (Join(FileKind.SURVEY, 19, 41, 21), WARNING),  # 19 of 40 answers
        (Join(FileKind.SURVEY, 20, 40, 20), NOTE),
        (Join(FileKind.CUSTOMERS, 60, 0, 9_000), NOTE),  # a list of all customers, few of whom bought
    ],
)
def test_files_that_do_not_meet(join, severity):
    (found,) = told(joins=(join,))
    assert found.severity is severity
    assert "are in both files" in found.text


def test_rows_whose_dates_cannot_be_read_are_always_said():
    ledger = Ledger(1000, 997, (RuleCount(CleaningRule.DATE_UNREADABLE, 3, None, True, (5,)),))
    assert told(ledger=ledger) == (Notice(WARNING, "3 of 1,000 rows (0.3 %) were set aside: date missing or unreadable."),)


@pytest.mark.parametrize(("aside", "severities"), [(299, []), (300, [WARNING]), (499, [WARNING]), (500, [SERIOUS])])
def test_many_rows_set_aside(aside, severities):
    counts = (
        RuleCount(CleaningRule.CANCELLED, aside - 100, None, True, ()),
        RuleCount(CleaningRule.NO_CUSTOMER, 100, None, True, ()),
        RuleCount(CleaningRule.DUPLICATE_ROW, 900, None, False, ()),
    )
    found = told(ledger=Ledger(1000, 1000 - aside, counts))
    assert [notice.severity for notice in found] == severities
    assert not found or "“Cancelled order or credit note”" in found[0].text


def test_guesses_on_which_all_figures_rest_are_warnings():
    roles = (
        ColumnRole("Ref", Role.CUSTOMER, None, 0.4, "they recur"),
        ColumnRole("Sum", Role.AMOUNT, None, 0.9, "its name"),
        ColumnRole("Kind", Role.CATEGORY, Base.BEHAVIOURAL, 0.5, "few values"),
        ColumnRole("Memo", Role.IGNORE, None, 0.5, "no use"),
        ColumnRole("Day", Role.DATE, None, 0.2, "chosen", by_person=True),
    )
    assert told(roles={FileKind.ORDERS: roles}) == (
        Notice(
            WARNING,
            "Orders or order lines: column “Ref” is read as “Customer number or name”, which is a guess (they recur).",
        ),
        Notice(NOTE, "Orders or order lines: also guessed: “Kind” as “A category that describes the customer”."),
    )


def test_nobody_is_named():
    (found,) = told(notes=(Doubt("Column x, such as jane@shop.example, was not read."),))
    assert found.text == "Column x, such as (hidden: e-mail address), was not read."
