"""The update workbook that comes back: its marks, tables, rows, and what stands beside them."""
