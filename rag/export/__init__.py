"""A Brief as something that can be read elsewhere: plain text, and the JSON of the public contract."""
