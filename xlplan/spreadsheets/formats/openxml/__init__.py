"""Office Open XML: the parts of a package, and the workbooks that are packed so."""
