"""The typing tool on one sheet of paper: tick, add up, read off the segment. No script, nothing from outside."""

from collections.abc import Mapping

from segkit.core.profiles.typing_tool.card import UNSURE, ScoreCard
from segkit.core.profiles.typing_tool.held_out import Outcome
from segkit.core.profiles.typing_tool.sentences import of_100
from segkit.core.profiles.typing_tool.weights import Doubles
from segkit.html.piece import words
from segkit.words.numbers import count

_STYLE = """
@page { size: A4; margin: 1.2cm; }
body { font: 10pt/1.3 "DejaVu Sans", Verdana, sans-serif; max-width: 18.5cm; margin: 0.6cm auto; color: #111; }
h1 { font-size: 15pt; margin: 0 0 0.3em; } p { margin: 0.35em 0; }
table { border-collapse: collapse; width: 100%; margin: 0.5em 0; }
th, td { border: 1px solid #999; padding: 0.12em 0.4em; text-align: right; } th:first-child { text-align: left; }
thead th { vertical-align: bottom; } .asked th { background: #eee; text-align: left; } tr { break-inside: avoid; }
tbody th { font-weight: normal; } .asked th, .total th { font-weight: bold; } .total td { height: 1.9em; }
.box { display: inline-block; width: 0.8em; height: 0.8em; border: 1.5px solid #111; margin-right: 0.45em; }
"""


def typing_form(business: str, card: ScoreCard, names: Mapping[str, str], outcome: Outcome) -> str:
    """Return the whole page.

    Parameters
    ----------
    business : str
        Name of the business; may be empty.
    card : ScoreCard
        The tool with points that are easy to add.
    names : mapping of str to str
        Name of each segment.
    outcome : Outcome
        What became of customers whom the form with these rounded points had not seen.
    """
    width = len(card.segments) + 1
    head = "".join(f'<th scope="col">{words(names[segment])}</th>' for segment in card.segments)
    rows = [_row("Start with", card.weights.start, box=False)]
    for number, (question, points) in enumerate(zip(card.questions, card.weights.of_answer, strict=True), 1):
        rows.append(f'<tr class="asked"><th scope="colgroup" colspan="{width}">{number}. {words(question.label)}</th></tr>')
        rows += [_row(text, line) for text, line in zip(question.answers, points, strict=True)]
    total = f'<tr class="total"><th scope="row">Total</th>{"<td></td>" * len(card.segments)}</tr>'
    of = f" of {words(business)}" if business else ""
    return (
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>Which segment?</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<style>{_STYLE}</style></head><body><h1>Which segment does a new customer{of} belong to?</h1>"
        f"<p>{words(how(card))}</p>"
        f'<table><thead><tr><th scope="col">Answer</th>{head}</tr></thead><tbody>{"".join(rows)}{total}</tbody></table>'
        f"<p>{words(how_good(outcome))}</p></body></html>\n"
    )


def how(card: ScoreCard) -> str:
    """Say how the form is used."""
    return (
        "Tick one answer to each question; leave out what is not known. Add up the points of your answers in each column, with "
        f"the points to start with. The column with the largest total is the segment, if it leads every other one by at least "
        f"{count(card.lead, 'point')}; else the answer is “{UNSURE}”."
    )


def how_good(outcome: Outcome) -> str:
    """Say how often this form is right."""
    return (
        f"How good it is: with these points, {of_100(outcome.right)} customers whom the form had not seen were put into the "
        f"right segment, and of {of_100(outcome.unsure)} it was unsure."
    )


def _row(text: str, points: Doubles, *, box: bool = True) -> str:
    cells = "".join(f"<td>{int(p)}</td>" for p in points)
    tick = '<span class="box"></span>' if box else ""
    return f'<tr><th scope="row">{tick}{words(text)}</th>{cells}</tr>'
