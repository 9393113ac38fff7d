"""Chapters of a report: figures become neutral blocks."""
