"""Texts, names and numbers as people write them, and when two of them mean the same."""
