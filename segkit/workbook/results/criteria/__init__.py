"""Results of notebook 3: the segments and their evidence, RFM, and ways to split held against each other."""
