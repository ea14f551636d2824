"""How far two partitions of the same customers agree."""

import numpy as np
import numpy.typing as npt

Labels = npt.NDArray[np.integer]
Table = npt.NDArray[np.float64]


def cross_table(first: Labels, second: Labels, weights: npt.NDArray[np.float64] | None = None) -> Table:
    """Count customers by their segment in two partitions (rows: first; columns: second)."""
    rows, columns = int(first.max()) + 1, int(second.max()) + 1
    cells = first.astype(np.intp) * columns + second
    return np.bincount(cells, weights, minlength=rows * columns).reshape(rows, columns).astype(np.float64)


def adjusted_rand(table: Table) -> float:
    """Return the adjusted Rand index of a cross table (Hubert and Arabie 1985): 1 the same, 0 no better than chance."""

    def pairs(counts: Table) -> float:
        return float((counts * (counts - 1)).sum() / 2)

    both, rows, columns = pairs(table), pairs(table.sum(axis=1)), pairs(table.sum(axis=0))
    everything = pairs(np.array([table.sum()]))
    expected = rows * columns / everything if everything else 0.0
    largest = (rows + columns) / 2
    return 1.0 if largest == expected else (both - expected) / (largest - expected)


def best_jaccard(table: Table) -> Table:
    """For each row of a cross table the largest Jaccard index with any column: common ÷ in either."""
    union = table.sum(axis=1, keepdims=True) + table.sum(axis=0, keepdims=True) - table
    shares: Table = np.divide(table, union, out=np.zeros_like(table), where=union > 0)
    return np.asarray(shares.max(axis=1))


def explained(values: npt.NDArray[np.float64], labels: Labels) -> float:
    """Return the share of the variance of values that lies between groups (eta squared, 0 to 1); 0 where nothing varies."""
    centred = values - values.mean()
    total = float(centred @ centred)
    sizes = np.bincount(labels)
    sums = np.bincount(labels, centred)
    between = float((sums**2 / np.maximum(sizes, 1)).sum())
    return between / total if total > 0 else 0.0
