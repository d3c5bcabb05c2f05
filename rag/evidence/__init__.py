"""What an article reports, in whom it was tested, and what limits it: by cue lists a health writer can edit."""
