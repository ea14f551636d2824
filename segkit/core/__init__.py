"""What code computes: frames and plain arguments in, frozen dataclasses out; no files, no widgets, no pictures."""
