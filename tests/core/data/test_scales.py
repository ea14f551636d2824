"""Scales of surveys: the order of their words, whatever language asks."""

import pytest

from segkit.core.data.scales import family_of, labelled_scores, no_answer, score_answers


def scored(answers):
    """Return the scores of answers given from low to high."""
    found = score_answers([answers])
    return [found[answer] for answer in answers]


FIVE = [
    ["Strongly disagree", "Disagree", "Neither agree nor disagree", "Agree", "Strongly agree"],
    ["Stimme überhaupt nicht zu", "Stimme eher nicht zu", "Teils, teils", "Stimme eher zu", "Stimme voll und ganz zu"],
    ["trifft nicht zu", "trifft eher nicht zu", "teils-teils", "trifft eher zu", "trifft zu"],
    ["Pas du tout d'accord", "Plutôt pas d’accord", "Ni d'accord ni pas d'accord", "Plutôt d'accord", "Tout à fait d'accord"],
    ["Totalmente en desacuerdo", "En desacuerdo", "Ni de acuerdo ni en desacuerdo", "De acuerdo", "Totalmente de acuerdo"],
    ["Fortemente in disaccordo", "In disaccordo", "Né d'accordo né in disaccordo", "D'accordo", "Fortemente d'accordo"],
    ["Helemaal mee oneens", "Mee oneens", "Neutraal", "Mee eens", "Helemaal mee eens"],
    ["Discordo totalmente", "Discordo", "Não concordo nem discordo", "Concordo", "Concordo totalmente"],
    ["Never", "Rarely", "Sometimes", "Often", "Always"],
    ["nie", "selten", "manchmal", "oft", "immer"],
    ["Jamais", "Rarement", "Parfois", "Souvent", "Toujours"],
    ["Nunca", "Rara vez", "A veces", "A menudo", "Siempre"],
    ["Mai", "Raramente", "A volte", "Spesso", "Sempre"],
    ["Nooit", "Zelden", "Soms", "Vaak", "Altijd"],
    ["Nunca", "Raramente", "Às vezes", "Frequentemente", "Sempre"],
    ["Very dissatisfied", "Dissatisfied", "Neutral", "Satisfied", "Very satisfied"],
    ["sehr unzufrieden", "unzufrieden", "weder noch", "zufrieden", "sehr zufrieden"],
    ["Très insatisfait", "Insatisfait", "Neutre", "Satisfait", "Très satisfait"],
    ["Zeer ontevreden", "Ontevreden", "Neutraal", "Tevreden", "Zeer tevreden"],
    ["Not at all important", "Slightly important", "Moderately important", "Very important", "Extremely important"],
    ["Unimportant", "Of little importance", "Moderately important", "Important", "Very important"],
    ["unwichtig", "eher unwichtig", "teils/teils", "eher wichtig", "wichtig"],
]
SEVEN = [
    ["Strongly disagree", "Disagree", "Somewhat disagree", "Neutral", "Somewhat agree", "Agree", "Strongly agree"],
    ["Never", "Rarely", "Occasionally", "Sometimes", "Frequently", "Usually", "Every time"],  # Vagias 2006
]  # fmt: skip


@pytest.mark.parametrize("answers", FIVE, ids=lambda answers: answers[0])
def test_five_degrees_score_one_to_five(answers):
    assert scored(answers) == [1, 2, 3, 4, 5]


@pytest.mark.parametrize("answers", SEVEN, ids=lambda answers: answers[0])
def test_seven_degrees_score_one_to_seven(answers):
    assert scored(answers) == [1, 2, 3, 4, 5, 6, 7]


def test_items_of_one_scale_share_it_even_where_one_of_them_lacks_a_degree():
    found = score_answers([["Agree", "Strongly agree"], ["DISAGREE", "somewhat disagree", "Strongly disagree "]])
    assert found == {"Agree": 6, "Strongly agree": 7, "DISAGREE": 2, "somewhat disagree": 3, "Strongly disagree ": 1}
    assert score_answers([["agree", "strongly agree"]]) == {"agree": 4, "strongly agree": 5}


@pytest.mark.parametrize("text", ["Don't know", "I don’t know", "N/A", "weiß nicht", "keine Angabe", "não sei"])
def test_who_says_that_he_does_not_know_has_no_score(text):
    assert no_answer(text) and family_of(["Agree", "Disagree", text]) == "agreement"
    assert text not in score_answers([["Agree", "Disagree", text]])


@pytest.mark.parametrize("answers", [["Paris", "Berlin"], ["Agree", "Paris"], ["Agree", "agree"], ["Yes", "No"], []])
def test_other_words_are_no_scale(answers):
    assert family_of(answers) == "" and score_answers([answers]) == {}


@pytest.mark.parametrize(
    ("answers", "found"),
    [
        (["1 - Strongly disagree", "2", "5 - Strongly agree"], [1, 2, 5]),
        (["1 = gar nicht wichtig", "4", "5 = sehr wichtig"], [1, 4, 5]),
        (["Never (1)", "Always (5)", "3"], [1, 5, 3]),
        (["0 - not likely", "7", "9", "10 - very likely"], [0, 7, 9, 10]),  # words that no list has, at the ends only
    ],
)
def test_numbers_with_words_beside_them_are_numbers(answers, found):
    assert list(labelled_scores(answers).values()) == found


@pytest.mark.parametrize(
    "answers",
    [
        ["1. Berlin", "2. Paris", "3. Rome"],
        ["18-24", "25-34"],
        ["1-2 times", "3-4 times"],
        ["1", "2"],
        ["2024 - yes", "1 - no"],
    ],
)
def test_numbers_of_a_list_are_no_scores(answers):
    assert labelled_scores(answers) == {}
