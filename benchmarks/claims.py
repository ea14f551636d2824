"""How often the workbook says something that its customers contradict: planted businesses, both samples, real files.

Run: python benchmarks/claims.py [--businesses 40] [--first 0] [--real]
Prints each contradiction, and at the end how many sentences were read and how many businesses had one. What counts as a
contradiction is told in tests/notebooks/claims.py. The way is that of `segkit run`, with the notebooks in this process.
"""

import argparse
import sys
import tempfile
from pathlib import Path

import matplotlib

matplotlib.use("agg")
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from segkit.command import runner
from segkit.words.errors import SegkitError
from segkit.words.terms import FileKind
from segkit.workbook.session import Session
from tests.command.notebooks_here import executed_here
from tests.notebooks.claims import contradictions
from tests.notebooks.planted import file_of
from tests.notebooks.sentences import read
from tests.notebooks.truth import Truth

REAL = Path(__file__).resolve().parents[2] / "shared" / "real"
FILES = {
    "northwind": {
        FileKind.ORDERS: "northwind/derived_northwind_orders.csv",
        FileKind.CUSTOMERS: "northwind/derived_customers.csv",
    },
    "online_retail": {FileKind.ORDERS: "online_retail/OnlineRetail.csv"},
    "sales_data_sample": {FileKind.ORDERS: "sales_data_sample/variant_utf8_mdy.csv"},
    "marketing_campaign": {FileKind.CUSTOMERS: "marketing_campaign/variant_semicolon_dmy.csv"},
    "wholesale": {FileKind.CUSTOMERS: "wholesale/Wholesale customers data.csv"},
    "mcdonalds": {FileKind.SURVEY: "mcdonalds/mcdonalds.csv"},
    "rfm_pkg": {FileKind.ORDERS: "rfm_pkg/rfm_data_orders.csv"},
    "rfm_pkg customers": {FileKind.CUSTOMERS: "rfm_pkg/rfm_data_customer.csv"},
    "cdnow": {FileKind.ORDERS: "cdnow/CDNOW_master.txt"},
    "cdnow sample": {FileKind.ORDERS: "cdnow/CDNOW_sample.txt"},
}


def judge(files, sample, folder):
    """Run the workbook and return how many sentences it says, and what contradicts them."""
    shown = []

    def kept(place, progress):
        shown[:] = executed_here(place, progress)
        return shown

    runner.executed_notebooks = kept
    report = runner.run_workbook(folder / "workspace", files, sample=sample)
    said = read(shown, report.read_text(encoding="utf-8"))
    return len(said.sentences), contradictions(said, Truth(Session(folder / "workspace"), said))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--businesses", type=int, default=40, help="how many planted ones")
    parser.add_argument("--first", type=int, default=0, help="the first of them")
    parser.add_argument("--real", action="store_true", help="both samples and the real files, too")
    arguments = parser.parse_args()
    work = [(f"planted {n}", n, None) for n in range(arguments.first, arguments.first + arguments.businesses)]
    if arguments.real:
        work += [(name, None, None) for name in FILES] + [(s, None, s) for s in ("coffee_roaster", "packaging_wholesaler")]
    sentences = wrong = refused = 0
    for title, number, sample in work:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            files = {} if sample else {FileKind.ORDERS: file_of(number, folder)} if number is not None else {
                kind: REAL / path for kind, path in FILES[title].items()
            }  # fmt: skip
            try:
                read_, found = judge(files, sample, folder)
            except SegkitError as error:
                refused += 1
                print(f"{title}: refused: {error}", flush=True)
                continue
        sentences, wrong = sentences + read_, wrong + bool(found)
        print(f"{title}: {read_} sentences, {len(found)} contradicted", *found, sep="\n  ", flush=True)
    print(f"{len(work)} businesses, {sentences} sentences: {wrong} with a contradiction, {refused} refused")


if __name__ == "__main__":
    main()
