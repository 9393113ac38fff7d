"""Drafting a mapping from a workbook that nobody has described yet."""
