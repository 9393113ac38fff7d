"""How each example plan lies in its office's workbook."""
