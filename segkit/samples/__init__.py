"""Two sample businesses, made by a seeded generator: what they are, where their files lie, and how to write them anew."""

from segkit.samples.catalogue import SAMPLES, Sample, sample_folder
from segkit.samples.writer import write

__all__ = ["SAMPLES", "Sample", "sample_folder", "write"]
