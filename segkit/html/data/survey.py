"""The survey as a page to print, or to send and fill in by hand: no script, nothing from outside."""

from collections.abc import Sequence

from segkit.core.data.survey import AGREEMENT, Question
from segkit.html.piece import words

_STYLE = """
body { font: 12pt/1.45 "DejaVu Sans", Verdana, sans-serif; max-width: 18cm; margin: 1.5cm auto; padding: 0 0.5cm; color: #111; }
h1 { font-size: 17pt; }
fieldset { border: 0; border-top: 1px solid #999; margin: 0; padding: 0.6em 0 0.8em; break-inside: avoid; }
legend { font-weight: bold; padding: 0.6em 0 0.2em; } label { display: inline-block; margin: 0.15em 1.2em 0.15em 0; }
.box { display: inline-block; width: 0.85em; height: 0.85em; border: 1.5px solid #111; margin-right: 0.45em; }
.line { display: block; border-bottom: 1px solid #111; height: 2.2em; } .small { font-size: 10pt; color: #444; }
"""


def survey_page(business: str, questions: Sequence[Question]) -> str:
    """Return the whole page.

    Parameters
    ----------
    business : str
        Name of the business; may be empty.
    questions : sequence of Question
        What is asked, in order.
    """
    who = words(business) or "us"
    parts = [_question(number, question) for number, question in enumerate(questions, 1)]
    return (
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>A few questions</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<style>{_STYLE}</style></head><body><h1>A few questions from {who}</h1>"
        f"<p>{invitation(len(questions))}</p>"
        '<fieldset><legend>Your customer number (printed on your invoice)</legend><span class="line"></span></fieldset>'
        f"{''.join(parts)}"
        f'<p class="small">{words(PRIVACY)}</p></body></html>\n'
    )


PRIVACY = (
    "Your answers are used only to serve you better. They are kept with your customer number, not with your name, and are "
    "given to nobody else. You need not answer any question that you would rather leave out."
)


def invitation(questions: int) -> str:
    """Return the sentence that asks for answers, with the time that they take.

    >>> invitation(9)
    'We would like to serve you better. Would you answer 9 short questions? It takes about 3 minutes.'
    """
    minutes = max(1, round(questions * 20 / 60))
    time = "a minute" if minutes == 1 else f"about {minutes} minutes"
    asked = "one short question" if questions == 1 else f"{questions} short questions"
    return f"We would like to serve you better. Would you answer {asked}? It takes {time}."


def _question(number: int, question: Question) -> str:
    if question.free:
        answers = '<span class="line"></span><span class="line"></span>'
    else:
        options = question.options or AGREEMENT
        answers = "".join(f'<label><span class="box"></span>{words(option)}</label>' for option in options)
    return f"<fieldset><legend>{number}. {words(question.text)}</legend>{answers}</fieldset>"
