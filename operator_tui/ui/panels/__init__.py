"""Sheets that rise over the conversation while the list stays live."""
