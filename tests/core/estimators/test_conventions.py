from sklearn.utils.estimator_checks import parametrize_with_checks

from segkit.core.estimators import KMeansSegments, LatentClassSegments, WardSegments


@parametrize_with_checks([KMeansSegments(), LatentClassSegments(), WardSegments()])
def test_keeps_all_conventions_of_scikit_learn(estimator, check):
    check(estimator)
