"""An example plan's round, played from start to end."""
