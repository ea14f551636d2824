"""How well a spoilt file is read without hints: ``python benchmarks/polluted.py [--every 1] [--worst 10]``.

It goes through the reader that the workbook uses, asked for the table as written.

Scores from 0 to 10 on files of the kinds of the benchmark *Pollock* (see tests/reading/polluted.py): simple is the mean over
all files, weighted counts each kind as often as it was met in the wild. A file without names of columns counts its first row as
such, as there: names that the reader invents are left out.
"""

import argparse
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from segkit.reading import read_text_table
from segkit.words.errors import DataError
from tests.reading.polluted import score, spoilt_files


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--every", type=int, default=1, help="of the files with one bad row only each n-th")
    parser.add_argument("--worst", type=int, default=10, help="how many of the worst files to list")
    chosen = parser.parse_args()
    results, kinds = [], defaultdict(list)
    began = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "orders.csv"
        for file in spoilt_files(chosen.every):
            path.write_bytes(file.content)
            try:
                header, rows = read_text_table(path)
                found = rows if header[:2] == ["Column 1", "Column 2"] else [header, *rows]
            except DataError:
                found = None
            points = score(file.clean, found)
            times = 1 if file.kind == "whole file" else chosen.every
            results.append((points, file.name, file.weight * times))
            kinds[file.kind].append(points)
    seconds = time.perf_counter() - began
    for kind, points in kinds.items():
        print(f"{kind:24} {len(points):5} files {sum(points) / len(points):8.4f}")
    for points, name, _ in sorted(results)[: chosen.worst]:
        print(f"  {points:8.4f}  {name}")
    simple = sum(points for points, *_ in results) / len(results)
    weighted = sum(points * weight for points, _, weight in results) / sum(weight for *_, weight in results)
    print(f"simple {simple:.3f}, weighted {weighted:.3f}; {len(results) / seconds:.0f} files a second")


if __name__ == "__main__":
    main()
