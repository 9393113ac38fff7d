"""An edition, the office's own workbook that comes back, stage by stage."""
