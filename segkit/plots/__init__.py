"""Results in, pictures out: each function draws on a given Axes and computes nothing."""
