"""What reports and masters are made from."""
