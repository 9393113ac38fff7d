"""What moved: figures, movements, slippage, exceptions, as workbook and page."""
