"""Blocks (tables, charts, tiles, paragraphs) printed on sheets; knows no figure."""
