"""Guided customer segmentation for small businesses: the helper package of the workbook.

Importing ``segkit`` loads nothing heavy: the names below are fetched when first used.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from segkit.workbook.session import Session as Session
    from segkit.workbook.session import open_workbook as open_workbook

__version__ = "0.1.0"
__all__ = ["Session", "__version__", "open_workbook"]


def __getattr__(name: str) -> Any:
    """Fetch a public name from its module on first use."""
    if name in ("Session", "open_workbook"):
        from segkit.workbook import session

        return getattr(session, name)
    raise AttributeError(f"module 'segkit' has no attribute {name!r}")
