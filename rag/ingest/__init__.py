"""Articles on their way in: read, told apart from the furniture of their page, described."""
