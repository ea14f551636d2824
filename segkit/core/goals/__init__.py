"""Goals: what to suggest, and whether segmenting pays."""
