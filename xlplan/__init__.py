"""xlplan: run an improvement plan's monthly round in Excel workbooks without losing anything."""

__version__ = "0.1.0"
