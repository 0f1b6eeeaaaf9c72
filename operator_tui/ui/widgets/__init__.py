"""Thin widgets: each shows one datum and says what happened in the past tense."""
