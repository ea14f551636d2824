"""Segments made up for the tests of the typing tool."""

from types import SimpleNamespace

import numpy as np
import pandas as pd

from segkit.core.data.customers import CustomerData
from segkit.core.disclosure import told
from segkit.words.terms import Base, Method
from tests.core.customer_tables import customer_data


def segmentation(data: CustomerData, variables, places, names=(), method=Method.K_MEANS):
    """Put each customer into the segment at a place, as if the variables had formed it."""
    ids = [f"s{i + 1}" for i in range(max(places) + 1)]
    table = pd.DataFrame({"segment_name": list(names) or [f"Segment {i}" for i in ids]}, index=pd.Index(ids, name="segment_id"))
    segment_of = pd.Series(np.array(ids)[places], index=data.customers.index)
    return SimpleNamespace(method=method, variables=tuple(variables), segment_of=segment_of, segments=told(table))


def answers(customers=1200, segments=4, items=14, seed=0):
    """Yes/no items of which the first two tell the segments, one in twenty answers apart; the others are noise."""
    rng = np.random.default_rng(seed)
    truth = np.arange(customers) % segments
    told_by = [(truth % 2) == 1, truth >= 2] + [rng.random(customers) < 0.5 for _ in range(items - 2)]
    flipped = [np.where(rng.random(customers) < 0.05, ~item, item) for item in told_by]
    frame = pd.DataFrame({f"item_{i:02d}": np.where(item, "Yes", "No") for i, item in enumerate(flipped)})
    return customer_data(frame, bases=dict.fromkeys(frame.columns, Base.PSYCHOGRAPHIC)), truth


def mixed(customers=900, seed=3):
    """Three segments told by a number, a share and a category with quotation marks, a rare kind and gaps."""
    rng = np.random.default_rng(seed)
    truth = rng.integers(3, size=customers)
    kinds = np.array(["O'Brien & Sons", 'a "b"', "plain; drop table answers", "back\\slash"], dtype=object)
    kind = kinds[np.where(rng.random(customers) < 0.8, truth, rng.integers(4, size=customers))]
    kind[:3] = "once"
    kind[rng.random(customers) < 0.1] = None
    frame = pd.DataFrame(
        {
            "days_since": np.where(rng.random(customers) < 0.1, np.nan, rng.poisson(20 + 30 * truth)).astype(float),
            "share_web_shop": np.clip(rng.normal(0.2 + 0.3 * (truth == 1), 0.1), 0, 1),
            "Kind of; firm": pd.Series(kind, dtype="object"),
        }
    )
    return customer_data(frame), truth
