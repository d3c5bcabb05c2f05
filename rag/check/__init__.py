"""The check: does the cited text carry the claim. Rules and word lists only; nothing here asks a model."""
