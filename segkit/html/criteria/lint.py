"""What the linter of rule tables found."""

import pandas as pd

from segkit.core.criteria.rule_linter import Lint
from segkit.html.notes import note, sentence
from segkit.html.piece import Html, stacked
from segkit.html.tables import table

MOST_FAULTS = 12
"""Findings shown one by one."""


def lint_findings(lint: Lint) -> Html:
    """Return each finding with a customer as an example: for the notebook, never for the report.

    Parameters
    ----------
    lint : Lint
        What was found.
    """
    parts = [note("answer" if lint.sound else "warning", lint.sentence)]
    rows = [(fault.sentence, fault.customer or "nobody") for fault in lint.faults[:MOST_FAULTS]]
    if rows:
        frame = pd.DataFrame(rows, columns=["finding", "customer"])
        headers = {"finding": ("Finding", None), "customer": ("Customer, for example", None)}
        parts.append(table(frame, headers, "What the check found"))
    if more := len(lint.faults) - len(rows):
        parts.append(sentence(f"… and {more} more."))
    return stacked(parts)
