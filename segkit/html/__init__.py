"""Tables, cards and notes as escaped HTML, the same in a notebook and in the report."""

from segkit.html.cards import persona_card, plan_card, verdict
from segkit.html.lint import lint_findings
from segkit.html.notes import Choice, Kind, banner, choices, note, sentence
from segkit.html.piece import Html, folded, stacked
from segkit.html.pots import beside, pot_bars, segment_bars
from segkit.html.results import ledger_table, roles_table, segments_table, size
from segkit.html.rfm import naming_table
from segkit.html.survey import survey_page
from segkit.html.tables import Format, table

__all__ = [
    "Choice",
    "Format",
    "Html",
    "Kind",
    "banner",
    "beside",
    "choices",
    "folded",
    "ledger_table",
    "lint_findings",
    "naming_table",
    "note",
    "persona_card",
    "plan_card",
    "pot_bars",
    "roles_table",
    "segment_bars",
    "segments_table",
    "sentence",
    "size",
    "stacked",
    "survey_page",
    "table",
    "verdict",
]
