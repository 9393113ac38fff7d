"""Due texts and dates as people write them, and what can be read from them."""
