"""Simulated visitors and colleagues."""
