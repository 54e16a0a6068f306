"""Measurements as ratios within one run; no timing ever fails a test."""
