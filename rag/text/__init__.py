"""Sentences, words and figures of a text, each with its place in it."""
