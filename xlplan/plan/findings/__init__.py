"""Findings: what is wrong or worth knowing, where, and in which words."""
