"""Writes both sample businesses."""

from pathlib import Path

from segkit.samples.coffee_roaster.description import COFFEE_ROASTER
from segkit.samples.description import business
from segkit.samples.packaging_wholesaler.description import PACKAGING_WHOLESALER


def write(folder: Path) -> None:
    """Write both sample businesses into ``folder``, each into a folder of its own; the bytes are the same each time."""
    for described in (COFFEE_ROASTER, PACKAGING_WHOLESALER):
        business(described).write(folder / described.sample.name)
