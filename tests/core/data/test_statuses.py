"""What states say: the public lists of shop systems and payment providers, in their languages and spellings."""

from pathlib import Path

import pytest

from segkit.core.data.state_words import plain
from segkit.core.data.statuses import Level, Meaning, is_named_for_states, looks_like_states, meaning_of, meanings
from segkit.words.terms import SaleMeaning

SALE, NO_SALE, RETURNED = SaleMeaning.SALE, SaleMeaning.NO_SALE, SaleMeaning.RETURNED
KNOWN = (Path(__file__).parent / "states.txt").read_text(encoding="utf-8").splitlines()


def public(meaning):
    lines = [line.partition(": ")[2] for line in KNOWN if line.startswith(f"{meaning}: ")]
    return [state for line in lines for state in line.split("; ")]


@pytest.mark.parametrize("meaning", SaleMeaning)
def test_public_lists_of_states(meaning):
    states = public(meaning)
    assert len(states) > 50
    told = {state: meaning_of(state.rstrip("?")) for state in states}
    assert {state: said for state, said in told.items() if said != (meaning, not state.endswith("?"))} == {}


@pytest.mark.parametrize(
    "spelt", [str.upper, str.title, lambda s: s.replace(" ", "_"), lambda s: f" {s}.", lambda s: f"wc-{s}"]
)
def test_spelling_changes_nothing(spelt):
    states = [state for meaning in SaleMeaning for state in public(meaning) if state.islower() and not state.endswith("?")]
    assert [state for state in states if meaning_of(spelt(state)) != meaning_of(state)] == []


@pytest.mark.parametrize(
    "word",
    [
        "Gold",
        "VIP",
        "Regular",
        "new customer",
        "Cash",
        "Visa",
        "Online",
        "Mug",
        "Germany",
        "A",
        "1",
        "North",
        "",
        "???",
        "配送中",
    ],
)
def test_words_that_are_no_states_say_nothing(word):
    assert meaning_of(word) == (None, False)


@pytest.mark.parametrize(
    ("text", "words"),
    [("noch nicht bezahlt", "noch unpaid"), ("NotPaid", "unpaid"), ("not cancelled", "kept"), ("nicht versendet", "unsent"),
     ("not specified", "not specified"), ("wc-on-hold", "on hold"), ("wc", "wc")],
)  # fmt: skip
def test_negations_are_understood(text, words):
    assert plain(text) == words


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("Fulfillment Status", "pending", (SALE, True)),
        ("Lieferstatus", "offen", (SALE, True)),
        ("Lieferstatus", "zurückgesandt", (RETURNED, True)),
        ("Financial Status", "pending", (NO_SALE, True)),
        ("Returned", "Yes", (RETURNED, True)),
        ("is_returned", "0", (SALE, True)),
        ("Storniert", "nein", (SALE, True)),
        ("Storniert", "ja", (NO_SALE, True)),
        ("paid", "TRUE", (SALE, True)),
        ("paid", "false", (NO_SALE, True)),
        ("Newsletter", "Yes", (None, False)),
    ],
)
def test_the_name_of_the_column_tells_what_is_pending_and_what_yes_means(name, text, said):
    assert meaning_of(text, name) == said


def said(levels, name="status", **known):
    """Meanings as "sale", "no_sale?" … of states given as a text, or with what was counted of them."""
    counted = {level: Level(10, 100.0) for level in levels.split("; ")} if isinstance(levels, str) else levels
    return {level: f"{m.meaning}{'' if m.sure else '?'}" for level, m in meanings(counted, name, **known).items()}


def test_of_deals_only_what_is_won_is_sold():
    stages = "Closed Won; Closed Lost; Appointment Scheduled; Decision Maker Bought-In; Contract Sent; Negotiation/Review"
    assert said(stages, "Deal Stage") == {stage: "sale" if stage == "Closed Won" else "no_sale" for stage in stages.split("; ")}
    assert said("won; lost; open") == {"won": "sale", "lost": "no_sale", "open": "no_sale"}


def test_of_events_only_purchases_are_sales():
    events = "view; cart; purchase; scroll_to_end; hover"
    assert said(events, "event_type") == {event: "sale" if event == "purchase" else "no_sale" for event in events.split("; ")}


def test_a_payment_for_an_invoice_is_no_second_sale():
    assert said("Invoice; Payment; Credit Memo; Estimate", "Transaction Type") == {
        "Invoice": "sale", "Payment": "no_sale", "Credit Memo": "returned", "Estimate": "no_sale",
    }  # fmt: skip
    assert said("Payment; Refund; Payout; Fee", "Type") == {
        "Payment": "sale", "Refund": "returned", "Payout": "no_sale", "Fee": "no_sale",
    }  # fmt: skip


def test_a_hold_among_deliveries_stops_the_parcel_and_among_payments_the_money():
    assert said("Shipped; In Process; On Hold; Cancelled")["On Hold"] == "sale?"
    assert said("completed; failed; on-hold")["on-hold"] == "no_sale"
    assert said("Shipped; Paid; On Hold")["On Hold"] == "no_sale"


def test_a_word_that_nobody_knows_is_asked_about():
    assert said("completed; frobnicated; failed") == {"completed": "sale", "frobnicated": "sale?", "failed": "no_sale"}


@pytest.mark.parametrize(
    ("word", "counted", "expected"),
    [
        ("frobnicated", Level(10, 0.0), "no_sale?"),  # no money while others have it
        ("frobnicated", Level(10, -5.0), "returned?"),
        ("frobnicated", Level(10, 100.0, 10), "sale"),  # paid on a day
        ("frobnicated", Level(10, 100.0, 0), "no_sale"),
        ("frobnicated", Level(10, 100.0, 5), "sale?"),
        ("open", Level(10, 100.0, 0), "no_sale"),
        ("open", Level(10, 100.0, 10), "sale"),
        ("failed", Level(10, 100.0, 10), "no_sale"),  # sure words need no further evidence
    ],
)
def test_money_and_dates_of_payment_decide_what_words_do_not(word, counted, expected):
    others = {"done": Level(90, 900.0, 90 if counted.paid is not None else None)}
    assert said(others | {word: counted})[word] == expected


def test_dates_of_payment_that_sales_lack_too_say_nothing():
    assert said({"done": Level(90, 900.0, 30), "open": Level(10, 100.0, 0)})["open"] == "no_sale?"
    assert said({"done": Level(90, None, None), "open": Level(10, None, None)})["open"] == "no_sale?"


@pytest.mark.parametrize("state", ["paid", "quote", "cancelled", "refunded", "view"])
def test_one_state_in_every_row_is_a_sale_or_a_question_and_never_nothing(state):
    assert said(state)[state] == ("sale" if state == "paid" else "sale?")


def test_where_nothing_is_sold_what_was_called_off_stays_so():
    assert said("cancelled; quote; refunded") == {"cancelled": "no_sale", "quote": "sale?", "refunded": "returned"}


def test_what_a_known_system_means_goes_before_words():
    found = meanings({"closed": Level(1), "complete": Level(1)}, "status", {"closed": RETURNED, "other": NO_SALE})
    assert found == {"closed": Meaning(RETURNED), "complete": Meaning(SALE)}


def test_called_off_is_told_from_unpaid():
    found = meanings({"storniert": Level(1), "failed": Level(1), "paid": Level(1)})
    assert [found[state].cancelled for state in ("storniert", "failed", "paid")] == [True, False, False]


@pytest.mark.parametrize(
    ("name", "levels", "are"),
    [
        ("event_type", {"view": 90, "cart": 5, "purchase": 5}, True),
        ("type", {"Sale": 90, "Refund": 5, "Fee": 90, "Payout": 3}, True),
        ("kind", {"Invoice": 50, "Credit note": 3, "Quote": 9}, True),
        ("x", {"ok": 5, "completed": 90, "failed": 5}, True),
        ("x", {"ok": 50, "completed": 40, "failed": 5}, False),
        ("status", {"paid": 100}, False),  # nothing to set aside
        ("status", {"cancelled": 100}, True),
        ("notes", {"cancelled": 100}, False),
        ("Returned", {"Yes": 5}, True),
        ("Returned", {"Yes": 5, "No": 95}, True),
        ("Newsletter", {"Yes": 5, "No": 95}, False),
        ("Payment method", {"Invoice": 50, "Bank transfer": 30, "Payment refund": 5}, False),
        ("payment", {"Invoice": 50, "Bank transfer": 50}, False),
        ("customer type", {"new": 50, "Returned": 50}, False),
        ("country", {"Germany": 50, "France": 50}, False),
        ("x", {}, False),
        ("x", {f"failed {i}": 1 for i in range(50)} | {"paid": 9}, False),
    ],
)
def test_columns_of_states_are_told_by_what_stands_in_them(name, levels, are):
    assert looks_like_states(levels, name) is are


@pytest.mark.parametrize(
    ("name", "named"),
    [("Order Status", True), ("Deal Stage", True), ("event_type", True), ("Returned", True), ("Estado", True),
     ("Bestellstatus", True), ("Customer Status", False), ("Statistics", False), ("Region", False), ("Type", False),
     ("Payment Method", False)],
)  # fmt: skip
def test_names_that_announce_states(name, named):
    assert is_named_for_states(name) is named
