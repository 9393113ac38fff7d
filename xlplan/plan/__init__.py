"""What a plan is: pure values; no files, no database."""
