"""The forecast: read from a file, checked against the calendar, laid on its grid."""
