"""The update workbook that a lead gets."""
