"""A county that does not exist: three years of data, accounts, and a fourth year as a workbook.

The data is made from names and seeds alone, the same every time; nothing here is about a real place or person.
"""
