"""Gates before anything is looked up: crisis, emergency, treatment, diagnosis, injection. Fixed rules, fixed words."""
