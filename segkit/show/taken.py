"""What became of a file that was brought: in a sentence, with its first rows and what each column is taken for."""

from collections.abc import Sequence

from segkit.core.data.customers import Reading
from segkit.html.data.first_rows import first_rows
from segkit.html.notes import note, sentence
from segkit.html.piece import Html
from segkit.reading.first_rows import HIDDEN

HIDES = f"{HIDDEN} stands in for cells that reveal who somebody is; these are never shown."


def taken(said: str, readings: Sequence[Reading] = ()) -> Html:
    """Say what became of files, and show the first rows of each for a person to recognise it by.

    Parameters
    ----------
    said : str
        What became of them, in a sentence or two.
    readings : sequence of Reading
        How they were read.
    """
    shown = [first_rows(reading) for reading in readings]
    hides = any(HIDDEN in row for reading in readings for row in reading.first_rows)
    return note("answer", said, *shown, *([sentence(HIDES)] if hides else []))
