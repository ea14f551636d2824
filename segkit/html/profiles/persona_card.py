"""The persona of a segment: what is computed above, what a person wrote below."""

import pandas as pd

from segkit.decisions.profiles import Persona
from segkit.html.cards import card
from segkit.html.piece import Html
from segkit.words.numbers import count, money, percent, readable
from segkit.words.terms import SEGMENT_NAME

_PERSONA = (
    ("background", "Background"),
    ("motivation", "Motivation"),
    ("needs", "Needs"),
    ("jobs_functional", "What they want done"),
    ("jobs_social", "How they want to be seen"),
    ("pains", "What annoys them"),
    ("gains", "What pleases them"),
    ("communication", "How to talk to them"),
    ("dealing", "How to deal with them well"),
)


def _facts(row: pd.Series, currency: str) -> list[str]:
    """Return the computed figures of a segment."""
    facts = [f"{count(row['size'], 'customer')} ({percent(row['share_said'])})"]
    if pd.notna(row.get("value_share")):
        facts.append(f"{percent(row['value_share_said'])} of the money")
    if pd.notna(row.get("value_mean")):
        spread = ""
        if pd.notna(row.get("value_mean_low")):
            low, high = (money(row[f"value_mean_{end}"], currency) for end in ("low", "high"))
            spread = f" (95 % confidence range {low} to {high})"
        facts.append(f"{money(row['value_mean'], currency)} each{spread}")
    if pd.notna(row.get("recency_days")):
        facts.append(f"last order {readable(row['recency_days'])} days ago on average")
    return facts


def persona_card(persona: Persona, row: pd.Series, sentence: str = "", currency: str = "") -> Html:
    """Return the card of one segment: what is computed above, what a person wrote below, told apart by a tag.

    Parameters
    ----------
    persona : Persona
        Written by a person.
    row : pandas.Series
        The segment's row of ``ProfileTables.summary``.
    sentence : str, optional
        ``ProfileTables.sentences`` of the segment.
    currency : str, optional
        Sign or code of the money.
    """
    facts = _facts(row, currency)
    entries = [(label, getattr(persona, field)) for field, label in _PERSONA]
    entries.append(("Stage in the buying journey", persona.stage.label if persona.stage else ""))
    written = any(text for _, text in entries)
    title = f"{persona.name} · {row[SEGMENT_NAME]}" if persona.name else str(row[SEGMENT_NAME])
    return card(title, " · ".join(facts), persona.evidence.label if written else "", entries, sentence)
