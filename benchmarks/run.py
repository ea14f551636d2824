"""How long ``segkit run`` takes, and on what: ``python benchmarks/run.py [FILE OF ORDERS]``.

Without a file the sample business is run, and the online_retail file (541,909 order lines) where it lies beside the project.
Each step's share of the whole is shown, and the whole as a multiple of a peer that does the least that could be done: pandas
reading the same file and grouping it by its first repeated column.
"""

import sys
import tempfile
import time
from pathlib import Path

import pandas as pd

from segkit.command.runner import run_workbook
from segkit.samples.catalogue import sample_folder
from segkit.words.terms import FileKind

ONLINE_RETAIL = Path(__file__).resolve().parents[2] / "shared" / "real" / "online_retail" / "OnlineRetail.csv"


def timed(name: str, orders: Path | None) -> None:
    """Run once, and print the steps."""
    steps: list[tuple[float, str]] = []
    started = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        files = {FileKind.ORDERS: orders} if orders else {}
        sample = None if orders else "coffee_roaster"
        run_workbook(Path(folder), files, sample=sample, progress=lambda said: steps.append((time.perf_counter(), said)))
    whole = time.perf_counter() - started
    print(f"\n{name}: {whole:.1f} s")
    begun = started
    for ended, said in [*steps, (started + whole, "Report and lists written.")]:  # a sentence comes when its step is done
        print(f"  {ended - begun:6.1f} s  {100 * (ended - begun) / whole:3.0f} %  until: {said}")
        begun = ended
    path = orders or sample_folder("coffee_roaster") / "orders.csv"
    began = time.perf_counter()
    frame = pd.read_csv(path)
    frame.groupby(next(c for c in frame if frame[c].duplicated().any())).size()
    peer = time.perf_counter() - began
    print(f"  peer (pandas reads and groups the file once): {peer:.2f} s; the whole run is {whole / peer:.0f} × that")


if __name__ == "__main__":
    if len(sys.argv) > 1:
        timed(sys.argv[1], Path(sys.argv[1]))
    else:
        timed("Sample: coffee roaster", None)
        if ONLINE_RETAIL.exists():
            timed("online_retail", ONLINE_RETAIL)
