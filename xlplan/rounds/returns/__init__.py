"""A lead's return, stage by stage: identify, match, read, tell."""
