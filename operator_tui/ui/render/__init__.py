"""Painting: pure functions from values to strips."""
