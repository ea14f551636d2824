"""Criteria: customers put into segments, by hand, by RFM, or as found in the data."""
