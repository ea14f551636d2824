"""Writes both sample businesses."""

from pathlib import Path

from segkit.samples.coffee_roaster import description as coffee
from segkit.samples.packaging_wholesaler import description as wholesale


def write(folder: Path) -> None:
    """Write both sample businesses into ``folder``, each into a folder of its own; the bytes are the same each time."""
    for business in (coffee.business(), wholesale.business()):
        business.write(folder / business.name)
