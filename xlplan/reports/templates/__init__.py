"""Templates of reports, as package data."""
