"""Results in, a page for people outside Jupyter out."""
