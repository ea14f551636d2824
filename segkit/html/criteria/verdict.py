"""The verdict on a segmentation: natural, reproducible, constructed, or none."""

from html import escape

from segkit.core.criteria.evidence.verdict import Trust
from segkit.html.notes import note
from segkit.html.piece import Html, words
from segkit.words.numbers import number
from segkit.words.terms import Verdict


def verdict(trust: Trust) -> Html:
    """Return the verdict on a segmentation: natural, reproducible, constructed, or no segments at all."""
    facts = ""
    if trust.adjusted_rand is not None:
        facts = f"Agreement on repeated samples (adjusted Rand index): {number(trust.adjusted_rand, 2)}"
        if trust.adjusted_rand_low is not None and trust.adjusted_rand_high is not None:
            facts += (
                f" (for the middle half of samples, {number(trust.adjusted_rand_low, 2)} to "
                f"{number(trust.adjusted_rand_high, 2)})"
            )
        facts += "; 1 means the same segments every time, 0 means chance."
    label = Verdict(trust.verdict).label
    body = f'<p class="seg-title">{escape(label)}</p><p>{words(trust.reason)}</p>'
    if facts:
        body += f'<p class="seg-under">{escape(facts)}</p>'
    return Html(
        f'<div class="seg-verdict seg-{trust.verdict.value}">{body}</div>',
        "\n".join(filter(None, (label, trust.reason, facts))),
    )


def one_crowd(what: str) -> Html:
    """Warn, where segments are put to use, that notebook 3 found none; ``what`` is done with them: "weighed"."""
    return note(
        "warning",
        f"Notebook 3 found no segments in these variables: what is {what} here are groups on either side of lines drawn "
        "through one crowd. Treating all customers alike is the safer choice.",
    )
