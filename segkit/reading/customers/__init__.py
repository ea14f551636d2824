"""From tables whose columns are understood to one row a customer."""
