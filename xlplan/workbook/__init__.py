"""Excel in and out: read any spreadsheet safely; lay out and write update, query, decisions and
master workbooks.
"""
