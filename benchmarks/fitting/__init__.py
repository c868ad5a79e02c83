"""Thresholds and constants, fitted."""
