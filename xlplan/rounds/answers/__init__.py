"""The officer's answers, and what goes back to leads."""
