"""Decision of notebook 6: what changed, what to adjust, and when to look again."""

import datetime as dt
from typing import Any

from segkit.decisions.model import Decision, Place, Text
from segkit.words.terms import Adjustment


class Review(Decision):
    """Decision of notebook 6: what changed, what to adjust, and when to look again."""

    later_file: Place = ""
    """Order file of the later period; empty means the sample's later period, or none for own files."""
    later_as_of: dt.date | None = None
    adjustments: tuple[Adjustment, ...] = ()
    what_changes: Text = ""
    next_review: dt.date | None = None

    def meant(self, reason: str) -> Any:
        """Return what is adjusted."""
        return self.adjustments
