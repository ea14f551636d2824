"""How many of 100 new customers so many questions put into the right segment, and how long it takes to find them.

Run: python benchmarks/typing_tool.py [--real ../shared/real]
Survey items of 1,453 people (best partition into four by k-means; Dolnicar, Grün, Leisch 2018), both samples with their usual
segments, segments planted in two of 14 yes/no items of which one answer in twenty is wrong (two questions can reach 90), and
segments that have nothing to do with any answer. All figures are held out.
"""

import argparse
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import pandas as pd

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from segkit.core.estimators.k_means import KMeansSegments
from segkit.core.profiles.typing_tool.tool import TypingTool, typing_tool
from segkit.samples.catalogue import SAMPLES
from segkit.words.terms import Step
from segkit.workbook.session import Session
from tests.core.customer_tables import customer_data
from tests.core.profiles.typing_tool.made_up import answers, segmentation


def survey(folder):
    frame = pd.read_csv(folder / "mcdonalds" / "mcdonalds.csv").iloc[:, :11]
    places = KMeansSegments(4).fit((frame == "Yes").to_numpy(dtype=float)).labels_
    data = customer_data(frame)
    return data, segmentation(data, frame.columns, places)


def sample(name):
    session = Session(Path(tempfile.mkdtemp()))
    session.choose(Step.DATA, sample=name)
    return session.results.data.customer_data, session.results.criteria.segmentation


def planted(told):
    data, truth = answers()
    places = truth if told else np.random.default_rng(0).permutation(truth)
    return data, segmentation(data, data.customers.columns, places)


def shown(title, data, segments):
    began = time.process_time()
    tool = typing_tool(data, segments)
    print(f"\n{title}: {len(data.customers):,} customers, {len(segments.segments)} segments, "
          f"{time.process_time() - began:.1f} s of the processor")  # fmt: skip
    if not isinstance(tool, TypingTool):
        print(f"  {tool}")
        return
    for row in tool.curve.itertuples():
        chosen = " <" if row.questions == len(tool.card.questions) else ""
        print(f"  {row.questions}  {row.right:.3f} ({row.low:.3f} to {row.high:.3f})  {row.asked}{chosen}")
    for name, outcome in (("chosen", tool.outcome), ("on paper", tool.on_paper)):
        print(f"  {name}: right {outcome.right:.3f}, unsure {outcome.unsure:.3f}, always named {outcome.guessed_right:.3f}")
    if tool.at_once is not None:
        labels = ", ".join(question.label for question in tool.at_once.questions)
        print(f"  before the first order {tool.at_once.right:.3f}: {labels}")
    print(f"  without any question {tool.largest:.3f}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--real", type=Path, help="folder with the real data sets")
    arguments = parser.parse_args()
    if arguments.real:
        shown("Survey items", *survey(arguments.real))
    for name in SAMPLES:
        shown(f"Sample {name}", *sample(name))
    shown("Planted in two items", *planted(True))
    shown("Nothing to find", *planted(False))


if __name__ == "__main__":
    main()
