"""The decisions workbook: lines with what each offers, and the officer's answers."""
