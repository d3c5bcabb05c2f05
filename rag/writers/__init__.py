"""What is said about the evidence: the built-in extractive writer, and what every writer shares."""
