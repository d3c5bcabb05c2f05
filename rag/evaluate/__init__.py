"""Runs the shipped gold sets through the same functions the product uses, and holds the figures against their floors."""
