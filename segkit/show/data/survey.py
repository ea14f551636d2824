"""What notebook 2 shows of the survey: what to ask, whom, and how sure the answers will be."""

import pandas as pd

from segkit.core.data.customers import CustomerData
from segkit.core.data.survey import AGREEMENT, FEW_QUESTIONS, answers_needed, people_to_ask
from segkit.handover.survey import questions
from segkit.html.notes import note, sentence
from segkit.html.piece import Html, stacked
from segkit.html.tables import table
from segkit.reading.values.labels import variable_name
from segkit.show.piece import piece
from segkit.words.numbers import count, money
from segkit.words.terms import MONETARY_TOTAL, FileKind, Grain
from segkit.workbook.session import Session


@piece
def survey(session: Session) -> Html:
    """Show the questions, how many customers to ask, and what the answers can tell."""
    asked = questions(session)
    if not asked:
        return note("answer", "No question is chosen, so there is nothing to ask.")
    rows = [
        (q.text, "in their own words" if q.free else "; ".join(q.options) if q.options else f"{AGREEMENT[0]} … {AGREEMENT[-1]}",
         q.base.label.split(":")[0])
        for q in asked
    ]  # fmt: skip
    shown = table(
        pd.DataFrame(rows, columns=["text", "answers", "base"]),
        {"text": ("Question", None), "answers": ("Answers", None), "base": ("Segmentation base", None)},
        "What to ask your customers",
        rows=len(rows),
    )
    customers = len(session.results.data.customer_data.customers)
    needed, asking = answers_needed(customers), people_to_ask(customers)
    whom = "all of them" if asking == customers else f"{count(asking)} of them, drawn by lot"
    said = (
        f"With {count(needed, 'answer')} from your {count(customers, 'customer')}, a share such as “40 % compare prices” is "
        f"known within 5 points. Perhaps one in five answers, so ask {whom}."
    )
    pieces = [shown, sentence(said)]
    if len(asked) > FEW_QUESTIONS:
        pieces.append(note("warning", f"{len(asked)} questions are many: beyond {FEW_QUESTIONS}, people stop before the end."))
    return stacked([*pieces, *_who_answered(session.results.data.customer_data)])


def _who_answered(data: CustomerData) -> list[Html]:
    """Compare those who answered a survey with those who did not: answers speak for the first only."""
    names = {variable_name(role.column) for role in data.roles.get(FileKind.SURVEY, ())} & set(data.customers.columns)
    if not names or MONETARY_TOTAL not in data.customers or data.grain is Grain.CUSTOMER:
        return []
    answered = data.customers[sorted(names)].notna().any(axis=1)
    if answered.all() or not answered.any():
        return []
    theirs, others = (data.customers.loc[who, MONETARY_TOTAL].median() for who in (answered, ~answered))
    said = (
        f"{count(int(answered.sum()))} of {count(len(answered), 'customer')} have answered so far. Half of them spent "
        f"{money(theirs, data.currency, decimals=0)} or more, of the others {money(others, data.currency, decimals=0)} or more."
    )
    apart = max(theirs, others) > 1.25 * min(theirs, others)
    told = (
        " The answers speak for those who gave them, less for the others." if apart else " In what they spend, both are alike."
    )
    return [note("warning" if apart else "answer", said + told)]
