"""The three ways to find segments in data, as scikit-learn estimators, and what they are made of."""
