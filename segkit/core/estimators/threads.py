"""One thread for each product of matrices, while parts of the work run side by side anyway."""

import threading
from contextlib import ContextDecorator

from threadpoolctl import threadpool_limits


class OneThread(ContextDecorator):
    """While anybody is inside, products of matrices use one thread each.

    The matrices are small: further threads take more than twice the processor time, most of it to wait for one another, and
    split sums by the number of processors. The setting is one for the whole process, so the last one out gives it back.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._inside = 0
        self._limits: threadpool_limits | None = None

    def __enter__(self) -> None:
        with self._lock:
            self._inside += 1
            if self._limits is None:
                self._limits = threadpool_limits(1, "blas")

    def __exit__(self, *error: object) -> None:
        with self._lock:
            self._inside -= 1
            if not self._inside and self._limits is not None:
                self._limits.restore_original_limits()
                self._limits = None


one_thread = OneThread()
"""For a block (``with one_thread``) or a whole function (``@one_thread``)."""
