"""What all our workbooks share: marks, words, sizes, colours and the way they are written."""
