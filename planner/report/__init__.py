"""A finished plan as terminal tables, as CSV and as an Excel workbook; it never influences planning."""
