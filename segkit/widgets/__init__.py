"""One view for each decision: a control is a window on the saved workbook, never a store of its own."""
