"""The survey: which questions are asked, and the files to send, to draw customers by, and to fill in."""

from pathlib import Path

import pandas as pd

from segkit.core.data.survey import AGREEMENT, Question, draw_recipients, questions_for, suggest_questions
from segkit.html.data.survey import survey_page
from segkit.words.terms import CUSTOMER_ID
from segkit.workbook.session import Session
from segkit.writing.atomic import write_together
from segkit.writing.tables import csv_bytes


def questions(session: Session) -> tuple[Question, ...]:
    """Return the questions to ask customers: as chosen, or as the goals and the data suggest."""
    kind, chosen = session.goals.business.kind, session.data_decision.survey
    if chosen is None:
        known = {v.base for v in session.results.data.customer_data.variables if v.usable}
        chosen = suggest_questions(kind, known, [goal.reason for goal in session.goals.goals])
    return tuple(q for q in questions_for(kind) if q.id in chosen)


def write_survey(session: Session) -> Path:
    """Write the survey, the list of whom to ask, and an empty table for the answers; return their folder.

    Raises
    ------
    OSError
        If the disk is full or read-only.
    """
    asked, name = questions(session), session.goals.business.name or (session.sample.title if session.sample else "")
    folder = session.workspace.folder / "exports" / "survey"
    form = [(q.text, "; ".join(q.options or (() if q.free else AGREEMENT)) or "free answer") for q in asked]
    drawn = draw_recipients(session.results.data.customer_data.customers.index, seed=session.criteria.seed)
    write_together(
        {
            folder / "survey.html": survey_page(name, asked).encode(),
            folder / "questions.csv": csv_bytes(pd.DataFrame(form, columns=["question", "answers"])),
            folder / "answers.csv": csv_bytes(pd.DataFrame(columns=[CUSTOMER_ID, *(q.id for q in asked)])),
            folder / "recipients.csv": csv_bytes(pd.DataFrame({CUSTOMER_ID: drawn})),
        }
    )
    return folder
