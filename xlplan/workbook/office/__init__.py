"""The office's own workbook: reading the plan out of its published layout."""
