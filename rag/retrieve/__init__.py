"""From a question to the passages and articles that may answer it."""
