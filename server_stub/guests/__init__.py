"""Visitors played by hand in a browser: `visitor.v1` and its page (R84, R85, R92)."""
