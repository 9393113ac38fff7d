"""What every file goes through, a lead's or the office's: opened, told whole, stored, summed up."""
