"""A card: a title with its tag, entries that are filled, and those that are still open."""

from collections.abc import Iterable
from html import escape

from segkit.html.piece import Html, words


def card(title: str, under: str, tag: str, entries: Iterable[tuple[str, str]], lead: str) -> Html:
    """Return a card: a title with a tag, what is written under it, and what is still open."""
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
