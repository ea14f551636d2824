"""What notebook 3 shows of segments found in the data, on the sample business, without any evidence gathered."""

import re

import pytest

from segkit.core.data.rhythm import usual_gap
from segkit.show.criteria import choice
from segkit.show.criteria import pieces as show
from segkit.workbook.session import Session


@pytest.fixture(scope="module")
def session(tmp_path_factory) -> Session:
    return Session(tmp_path_factory.mktemp("found"))


def text(piece) -> str:
    return " ".join(piece.html.text.split())


def test_the_tree_is_shown_where_segments_were_cut_from_one(session):
    session.choose("criteria", method="hierarchical", n_segments=4, variables=["frequency", "monetary_total", "recency_days"])
    assert "You chose: a tree of how groups join (hierarchical)." in text(show.way_to_look(session))
    shown = show.from_data(session).html
    assert "From the data: a tree of how groups join (hierarchical)" in shown.text
    assert "The dashed line cuts the tree into 4 segments; with one fewer, “" in shown.text
    assert "they were first put into" in shown.text and "3 variables formed these segments. The other " in shown.text
    assert 'alt="A tree that joins 30 branches of small groups of similar customers' in shown.styled


def test_a_method_that_does_not_suit_the_variables_is_said_to(session):
    session.choose("criteria", method="latent_class", n_segments=3, variables=["frequency", "monetary_total"])
    said = text(show.way_to_look(session))
    assert said.startswith("You chose: groups who give similar answers (latent class).")
    assert "These variables call for a different way. All variables are numbers" in said
    assert "scales and weights of variables make no difference here" in text(show.from_data(session))
    assert "<img" not in show.from_data(session).html.styled


def test_what_other_decisions_change_is_a_small_table(session):
    session.choose("criteria", method="k_means", n_segments=3, variables=["frequency", "monetary_total"])
    said = text(show.what_if(session))
    assert (
        "Without evening out long tails (by logarithms)" in said
        and "With numbers not scaled at all" in said
        and "Agreement (1 = the same, 0 = chance)" in said
    )
    session.choose("criteria", variables=["frequency", "nothing"])
    assert "There is no variable “nothing” in these data." in text(show.what_if(session))


def test_expert_evidence_is_folded_and_whole(session):
    session.choose("criteria", method="k_means", n_segments=3, variables=["frequency", "monetary_total"])
    shown = show.from_data(session).html
    assert shown.styled.count("<details") == shown.styled.count("</details>") == 1
    assert "For those who want to know more: what was done to the data" in shown.text
    assert shown.text.count("pulled in towards the others") <= 1, "said once, not once for each variable"


def test_nested_scores_show_the_thresholds_in_use(session):
    session.choose("criteria", rfm={"bins": "nested"})
    said = text(show.rfm_names(session))
    assert "Orders that each score stands for, by the score for recency" in said
    assert "For those who want to know more: the thresholds of money" in said
    session.choose("criteria", rfm={"bins": "independent"})
    assert "Scores are nested" not in text(show.rfm_names(session))


def test_the_rhythm_of_orders_is_said_once(session):
    often = usual_gap(session.results.data.customer_data.customers)
    said = (
        f"Customers who come back order about every {often:.0f} days (the typical, or median, gap). A silence of up to "
        "twice that is normal; only a longer one is called long here. Where the customers of a segment have a rhythm of "
        "their own, "
        "that one counts."
    )
    assert said in text(show.rhythm(session))
    assert not any("Customers who come back order" in text(way(session)) for way in (show.rfm, show.by_hand))


def test_a_number_that_the_evidence_does_not_favour_is_held_against_it(tmp_path):
    session = Session(tmp_path)
    favoured = session.results.criteria.how_many.recommended
    other = 3 if favoured != 3 else 4
    session.choose("criteria", method="k_means", n_segments=other)
    agreement = session.results.criteria.how_many.pairs[other].median()
    said = text(show.how_many(session))
    assert f"{favoured} segments" in said and f"You decided on {other}; there the agreement is {agreement:.2f}." in said
    session.choose("criteria", n_segments=favoured)
    assert "You decided" not in text(show.how_many(session))


def test_shares_of_money_are_said_shortly(session):
    session.choose("criteria", method="k_means", n_segments=3, variables=["frequency", "share_category_gifts"])
    said = text(show.from_data(session))
    assert re.search(r"Gifts [\d.]+ % of money", said) and "share of money: Gifts" not in said


def test_each_base_is_shown_with_strength_weakness_the_data_it_needs_and_what_there_is(session):
    said = text(show.bases_compared(session))
    for words in ("Strength", "Weakness", "Data it needs", "What you have", "Answers to a short survey", "nothing yet"):
        assert words in said


def test_a_suggestion_leads_and_says_whose_the_choice_is(tmp_path):
    session = Session(tmp_path)
    session.choose("goals", goals=[{"reason": "win_back"}])
    said = text(choice.recommended(session))
    assert "For your goal “Win back customers who have gone quiet” we suggest RFM" in said
    assert "drawn by a rule, not found" in said and "it misses: “Best gone quiet” holds only 0.9 %" in said
    assert "The worked example goes another: From the data." in said
    session.choose("criteria", method="rfm")
    assert "You have chosen this way." in text(choice.recommended(session))
