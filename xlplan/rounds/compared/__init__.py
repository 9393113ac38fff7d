"""What waits, held against the plan as it is now."""
