from sklearn.utils.estimator_checks import parametrize_with_checks

from segkit.core.estimators.k_means import KMeansSegments
from segkit.core.estimators.latent_class import LatentClassSegments
from segkit.core.estimators.ward import WardSegments


@parametrize_with_checks([KMeansSegments(), LatentClassSegments(), WardSegments()])
def test_keeps_all_conventions_of_scikit_learn(estimator, check):
    check(estimator)
