"""Who leads: the key to names, and reading a cell that names people, posts and groups."""
