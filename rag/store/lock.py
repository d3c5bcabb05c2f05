"""One process at a time on one library: two that write to an embedded Chroma store serve each other stale vectors."""

import fcntl
import os
from pathlib import Path

from rag.errors import StoreError

NAME = "lock"


class LibraryLock:
    """A lock of the kernel on a file of the library. It ends with `release` or with the process, however that ends."""

    def __init__(self, folder: Path) -> None:
        """Take the lock. Raises StoreError at once where another holds it, or where the folder cannot be written."""
        self._path = folder / NAME
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._file = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o644)
        except OSError as error:
            message = f"The library folder {folder} cannot be written: {error.strerror}."
            raise StoreError(
                message, "Give yourself the right to write there, or name another folder in RAG_LIBRARY."
            ) from error
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            # The number is for the message alone; whether the lock is held is the kernel's word.
            os.ftruncate(self._file, 0)
            os.pwrite(self._file, str(os.getpid()).encode(), 0)
        except OSError as error:
            holder = os.pread(self._file, 20, 0).decode("ascii", "replace")
            os.close(self._file)
            raise _refusal(folder, holder, error) from error

    def release(self) -> None:
        """Let the next one in. The file stays: taking it away would let two processes lock two files of one name."""
        if self._file >= 0:
            os.close(self._file)
            self._file = -1


def _refusal(folder: Path, holder: str, error: OSError) -> StoreError:
    if not isinstance(error, BlockingIOError):
        return StoreError(
            f"The library folder {folder} cannot be locked: {error.strerror}.",
            "Use a folder on a disk of this machine (RAG_LIBRARY), or a Chroma server (RAG_CHROMA_URL).",
        )
    by = f" (process {holder})" if holder.isdigit() else ""
    return StoreError(
        f"The library {folder} is open in another program{by}.",
        "Do it in the browser, where the app is open, or close the app first (Ctrl+C in its terminal) and try again.",
    )
