"""Runs the gold sets through the functions the product uses, and holds the figures against their floors."""
