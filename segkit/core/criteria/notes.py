"""What was done to the data on the way to the segments: stated as data by who did it, said in words where it is shown."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Note:
    """One thing that was done.

    Attributes
    ----------
    done : str
        What was done, in a sentence; it begins small where ``about`` stands before it.
    about : str
        Label of the variable that it was done to; empty where it is about all of them.
    extreme_values : int
        How many values of the variable were drawn in towards the others; 0 where something else was done.
    """

    done: str
    about: str = ""
    extreme_values: int = 0

    def __str__(self) -> str:
        return f"{self.about}: {self.done}" if self.about else self.done
