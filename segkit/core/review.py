"""What changed since the segments were drawn."""

from dataclasses import dataclass

import pandas as pd


@dataclass(frozen=True, eq=False)
class ReviewTables:
    """A later period against the baseline, cut-points fixed at the baseline.

    Attributes
    ----------
    migration_matrix : pandas.DataFrame
        Customers; rows: segments before plus ``joined``; columns: segments after plus ``left``.
    sizes : pandas.DataFrame
        Index ``segment_id``: ``segment_name``, ``before``, ``after``, ``change`` (customers), ``share_before``, ``share_after``.
    psi : pandas.DataFrame
        Index: what was compared (``segments`` and each segmentation variable): ``label``, ``psi``, ``threshold`` (the sampling threshold),
        ``bins``, ``reading`` (words).
    trends : pandas.DataFrame
        Categories (of products or channels) whose share of money changed most: ``variable``, ``label``, ``level``, ``share_before``,
        ``share_after``, ``change``, ``z``.
    moved : pandas.DataFrame
        Index ``customer_id``: ``before``, ``after`` (``joined`` / ``left`` included).
    moved_share : float
        Share of customers present in both periods whose segment changed, 0 to 1.
    sentence : str
        Reads it all in two or three sentences.
    """

    migration_matrix: pd.DataFrame
    sizes: pd.DataFrame
    psi: pd.DataFrame
    trends: pd.DataFrame
    moved: pd.DataFrame
    moved_share: float
    sentence: str
