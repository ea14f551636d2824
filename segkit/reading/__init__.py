"""Files and databases in: from bytes to customers."""
