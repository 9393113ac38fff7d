"""Printers of a report: xlsx, html, docx, md, json."""
