"""The three ways to find segments in data, as scikit-learn estimators."""

from segkit.core.estimators.k_means import KMeansSegments
from segkit.core.estimators.latent_class import LatentClassSegments
from segkit.core.estimators.ward import WardSegments

__all__ = ["KMeansSegments", "LatentClassSegments", "WardSegments"]
