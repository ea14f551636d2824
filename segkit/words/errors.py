"""The errors of the workbook: each says what is wrong, where, and how to mend it."""


class SegkitError(Exception):
    """A fault that a person can mend; its text is written for that person.

    Parameters
    ----------
    what : str
        What is wrong, and where, in one sentence.
    remedy : str, optional
        What to do about it, in one sentence.
    """

    def __init__(self, what: str, remedy: str = "") -> None:
        self.what = what
        self.remedy = remedy
        super().__init__(f"{what} {remedy}".strip())

    def _render_traceback_(self) -> list[str]:
        """Let a notebook say the fault in its words; IPython asks for this, and ``%tb`` in a cell still shows how it came."""
        return [str(self)]


class DataError(SegkitError):
    """A file or table that cannot be used as it is."""


class TooFewCustomersError(DataError):
    """Fewer customers than the answer needs: the honest answer is "too few to segment"."""


class CriteriaError(SegkitError):
    """Criteria that cannot form segments with this data."""


class WorkbookError(SegkitError):
    """A workbook, decision or workspace that cannot be read or saved."""


class SetupError(SegkitError):
    """Something on this machine stands in the way."""
