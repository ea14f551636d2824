"""Text as it may be shown: nothing in it hides, turns round what stands beside it, or speaks to a terminal."""

import re

HIDDEN = "�"
"""Stands for a sign that has no shape of its own and acts on what shows it."""

# Marks that change the direction of what follows (Unicode's Bidi_Control), that break or join unseen, invisible tags, and notes
# between lines. The joiners of emoji and of Persian stay.
_UNSEEN = "\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f"
_CONTROLS = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff"
_MARKS = "\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"

MOST_MARKS = 4
"""Marks above and below one letter; more of them cover the lines around."""

_ANY = re.compile(f"[{_UNSEEN}{_CONTROLS}\u2028\u2029\r]|[{_MARKS}]{{{MOST_MARKS + 1},}}")
_EACH = (
    (re.compile(f"[{_UNSEEN}]"), ""),
    (re.compile("\r\n?|[\u2028\u2029]"), "\n"),
    (re.compile(f"[{_CONTROLS}]"), HIDDEN),
    (re.compile(f"([{_MARKS}]{{{MOST_MARKS}}})[{_MARKS}]+"), r"\1"),
)


def visible(text: str) -> str:
    r"""Return text without what acts unseen: marks of direction go, control characters leave a sign.

    >>> visible("Hearth \u202e% 72\u202c"), visible("Anna\x1b[2J"), visible("שלום 27 %")
    ('Hearth % 72', 'Anna�[2J', 'שלום 27 %')
    """
    if _ANY.search(text) is None:
        return text
    for what, instead in _EACH:
        text = what.sub(instead, text)
    return text
