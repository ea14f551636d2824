"""What a person decides, one module a step: frozen, validated, kept in the workbook."""
