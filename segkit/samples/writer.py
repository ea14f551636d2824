"""Writes both sample businesses."""

from pathlib import Path

from segkit.samples import coffee, wholesale


def write(folder: Path) -> None:
    """Write both sample businesses into ``folder``, each into a folder of its own; the bytes are the same each time."""
    for business in (coffee.business(), wholesale.business()):
        business.write(folder / business.name)
