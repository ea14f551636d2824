"""Review: what changed since the segments were drawn."""
