"""One format a file or two: each reads its files into the same sheets of cells."""
