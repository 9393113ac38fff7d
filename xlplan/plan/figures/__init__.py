"""The figures of a report as pure values."""
