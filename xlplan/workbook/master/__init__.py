"""The master workbook: the plan in its own published layout, with what was added."""
