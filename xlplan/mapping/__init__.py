"""How one plan lies in its workbook: a TOML file, its fields and rules, and checking a value
against them.
"""
