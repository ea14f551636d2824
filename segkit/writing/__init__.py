"""How anything is written: whole files or none, and tables that no spreadsheet runs."""
