"""Ward's tree: the two groups whose joining costs the least are joined, until one is left; equal customers count by weight."""

import numpy as np
import numpy.typing as npt
from scipy.spatial.distance import pdist, squareform

Doubles = npt.NDArray[np.float64]
Labels = npt.NDArray[np.intp]


def ward(points: Doubles, weights: Doubles) -> Doubles:
    """Join weighted points into one tree by the least increase of the sum of squares (Ward 1963).

    SciPy's ``linkage`` knows no weights; with weights of one the tree is the same.

    Parameters
    ----------
    points : numpy.ndarray
        Shape (points, variables).
    weights : numpy.ndarray
        How many customers stand behind each point, above zero.

    Returns
    -------
    numpy.ndarray
        Shape (points − 1, 4), as `scipy.cluster.hierarchy.linkage` returns it: the two joined, height, number of points.
        The height is the square root of twice the increase of the sum of squares.
    """
    n = len(points)
    mass = weights.astype(np.float64).copy()
    apart = squareform(pdist(points, "sqeuclidean"))
    apart *= 2 * mass[:, None] * mass / (mass[:, None] + mass)
    np.fill_diagonal(apart, np.inf)
    joins = np.empty((n - 1, 3))
    chain: list[int] = []
    alive = np.ones(n, dtype=bool)
    for step in range(n - 1):
        if not chain:
            chain = [int(np.argmax(alive))]
        # follow nearest neighbours until two are each other's (Murtagh 1983); of equally near ones the one before
        while True:
            here = chain[-1]
            near = int(apart[here].argmin())
            if len(chain) > 1 and apart[here, chain[-2]] <= apart[here, near]:
                break
            chain.append(near)
        one, other = sorted((chain.pop(), chain.pop()))
        height = apart[one, other]
        joins[step] = one, other, height
        whole = mass[one] + mass[other] + mass
        row = ((mass[one] + mass) * apart[one] + (mass[other] + mass) * apart[other] - mass * height) / whole
        alive[one] = False
        row[~alive] = np.inf
        row[other] = np.inf
        apart[one], apart[:, one] = np.inf, np.inf
        apart[other], apart[:, other] = row, row
        mass[other] += mass[one]
    return _in_order(joins, n)


def _in_order(joins: Doubles, n: int) -> Doubles:
    """Bring the joins into the order of their heights, each group under the number that SciPy gives it."""
    tree = np.empty((n - 1, 4))
    group = np.arange(n)
    size = np.ones(2 * n - 1)

    def top(point: int) -> int:
        while group[point] != point:
            group[point] = group[group[point]]
            point = int(group[point])
        return point

    number = {point: point for point in range(n)}
    for step, (one, other, height) in enumerate(joins[np.argsort(joins[:, 2], kind="stable")]):
        first, second = top(int(one)), top(int(other))
        low, high = sorted((number[first], number[second]))
        size[n + step] = size[low] + size[high]
        tree[step] = low, high, np.sqrt(max(height, 0.0)), size[n + step]
        group[first] = second
        number[second] = n + step
    return tree


def cut(tree: Doubles, k: int) -> Labels:
    """Undo the last k − 1 joins and return the group of each point, 0 to k − 1 in order of first appearance."""
    n = len(tree) + 1
    group = np.arange(2 * n - 1)
    for step in range(n - k - 1, -1, -1):
        low, high = tree[step, :2].astype(int)
        group[low] = group[high] = group[n + step]
    # groups above are named before those below, because a group's number is larger than those of its parts
    labels = group[:n]
    first = {int(name): place for place, name in enumerate(dict.fromkeys(labels.tolist()))}
    return np.array([first[int(name)] for name in labels], dtype=np.intp)
