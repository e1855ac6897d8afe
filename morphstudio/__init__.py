"""MorphStudio: an instrument that plays the loops between loops."""

__version__ = "0.1.0"
