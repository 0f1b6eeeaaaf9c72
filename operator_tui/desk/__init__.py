"""The operator's desk as plain values and rules: no I/O, no clock, no widgets, no sentences."""
