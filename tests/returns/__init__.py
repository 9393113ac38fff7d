"""Returns with every trouble that leads make, composed at random, and an oracle that knows what was typed where."""
