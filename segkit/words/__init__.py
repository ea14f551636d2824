"""The vocabulary: terms, errors, numbers and lists as people write them, addresses; imports nothing of ours."""
