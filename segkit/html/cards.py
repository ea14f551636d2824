"""Cards: the persona of a segment, the plan for a segment, and the verdict on a segmentation."""

from collections.abc import Iterable
from html import escape

import pandas as pd

from segkit.core.criteria.evidence.trust import Trust
from segkit.decisions.workbook import Persona, Plan
from segkit.html.piece import Html, words
from segkit.html.results import size
from segkit.words.numbers import count, days, money, number, percent
from segkit.words.terms import SEGMENT_NAME, SMALL_GROUP, Verdict

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
_PLAN = (
    ("what_to_sell", "What to sell"),
    ("value_proposition", "Value proposition"),
    ("message", "Message"),
    ("channel", "Channel"),
    ("offer", "Offer"),
    ("relationship", "Relationship"),
    ("budget", "Budget"),
    ("marketing", "Marketing does"),
    ("sales", "Sales does"),
    ("service", "Service does"),
)


def _card(title: str, under: str, tag: str, entries: Iterable[tuple[str, str]], lead: str) -> Html:
    filled = [(label, text) for label, text in entries if text]
    still_open = [label for label, text in entries if not text]
    rows = "".join(f"<dt>{escape(label)}</dt><dd>{words(text)}</dd>" for label, text in filled)
    marker = f' <span class="seg-tag">{escape(tag)}</span>' if tag else ""
    parts = [f'<p class="seg-title">{words(title)}{marker}</p>', f'<p class="seg-under">{words(under)}</p>' if under else ""]
    if lead:
        parts.append(f"<p>{words(lead)}</p>")
    if filled:
        parts.append(f"<dl>{rows}</dl>")
    if still_open:
        parts.append(f'<p class="seg-open">Still open: {escape(", ".join(still_open).lower())}.</p>')
    lines = [title + (f" ({tag})" if tag else ""), under, lead, *(f"{label}: {text}" for label, text in filled)]
    if still_open:
        lines.append(f"Still open: {', '.join(still_open).lower()}.")
    return Html(f'<div class="seg-card">{"".join(parts)}</div>', "\n".join(filter(None, lines)))


def _facts(row: pd.Series, currency: str) -> list[str]:
    """Return the computed figures of a segment; of a very small one nothing but that it is small."""
    if row["size"] < SMALL_GROUP:
        return [f"{size(row['size'])} customers"]
    facts = [f"{count(row['size'], 'customer')} ({percent(row['share'])})"]
    if pd.notna(row.get("value_share")):
        facts.append(f"{percent(row['value_share'])} of the money")
    if pd.notna(row.get("value_mean")):
        spread = ""
        if pd.notna(row.get("value_mean_low")):
            low, high = (money(row[f"value_mean_{end}"], currency) for end in ("low", "high"))
            spread = f" (95 % interval {low} to {high})"
        facts.append(f"{money(row['value_mean'], currency)} each{spread}")
    if pd.notna(row.get("recency_days")):
        facts.append(f"last order {days(row['recency_days'])} ago (median)")
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
    return _card(title, " · ".join(facts), persona.evidence.label if written else "", entries, sentence)


def plan_card(plan: Plan, segment_name: str, currency: str = "", customers: int | None = None) -> Html:
    """Return what the business does for one target segment.

    Parameters
    ----------
    plan : Plan
        Written by a person.
    segment_name : str
        Name of the segment.
    currency : str, optional
        Sign or code of the budget.
    customers : int, optional
        Customers in the segment.
    """
    values = {field: getattr(plan, field) for field, _ in _PLAN}
    values["channel"] = plan.channel.label if plan.channel else ""
    values["budget"] = "" if plan.budget is None else money(plan.budget, currency)
    entries = [(label, values[field]) for field, label in _PLAN]
    return _card(segment_name, "" if customers is None else f"{size(customers)} customers", "", entries, "")


def verdict(trust: Trust) -> Html:
    """Return the verdict on a segmentation: natural, reproducible, constructed, or no segments at all."""
    facts = ""
    if trust.adjusted_rand is not None:
        facts = f"Adjusted Rand index over bootstrap pairs: {number(trust.adjusted_rand, 2)}"
        if trust.adjusted_rand_low is not None and trust.adjusted_rand_high is not None:
            facts += f" (middle half {number(trust.adjusted_rand_low, 2)} to {number(trust.adjusted_rand_high, 2)})"
        facts += "; 1 means the same segments every time, 0 means chance."
    label = Verdict(trust.verdict).label
    body = f'<p class="seg-title">{escape(label)}</p><p>{words(trust.reason)}</p>'
    if facts:
        body += f'<p class="seg-under">{escape(facts)}</p>'
    return Html(
        f'<div class="seg-verdict seg-{trust.verdict.value}">{body}</div>',
        "\n".join(filter(None, (label, trust.reason, facts))),
    )
