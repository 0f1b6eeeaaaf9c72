"""The `.play` format: reading a scenario, and telling what is wrong with one. Knows no visitor."""
