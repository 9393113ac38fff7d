"""Any program's file as sheets of cells with addresses; knows no plan."""
