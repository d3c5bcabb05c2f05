"""What can go wrong in a way a reader can mend, and the words for it.

RagError                 shown to the reader as it is: what happened, and what to do
├── LoadError            a document cannot be read
│   └── FetchRefused     an address will not be fetched
├── StoreError           the library, its lock or its embedding weights are not usable
│   └── IndexMismatch    the library was made with another embedding model
├── WriterError          the language model cannot be reached or made no sense
└── SettingsError        an environment variable has a value that means nothing

Anything else that is raised is a fault of ours and is never caught.
"""


class RagError(Exception):
    """A failure in words a reader understands: `message` says what happened, `hint` what to do about it."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class LoadError(RagError):
    """A document cannot be read."""


class FetchRefused(LoadError):
    """An address will not be fetched."""


class StoreError(RagError):
    """The library, its lock or its embedding weights are not usable."""


class IndexMismatch(StoreError):
    """The library was made with another embedding model."""


class WriterError(RagError):
    """The language model cannot be reached or made no sense."""


class SettingsError(RagError):
    """An environment variable has a value that means nothing."""
