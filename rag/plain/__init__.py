"""Plain words: how hard a text is to read, and what its rare words mean."""
