"""The messages of pages for the codes of bikes. Its page has no form, so it meets no code."""
MESSAGES = {}
