"""Three-way comparison of any number of returns with the master plan: pure functions."""
