"""The master plan with the history of every cell, in SQLite."""
