"""Who leads which action and measure, and what they are called."""
