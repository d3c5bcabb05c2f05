"""The licence of every package the app stands on, as its own metadata states it: `make licences` writes LICENSES.md."""

import re
from email.message import Message
from importlib import metadata
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HEAD = """# Licences of the packages this app uses

It stands on them and holds none of them: `make setup` fetches each from a package registry, with its own licence text.
The app's own licence is in LICENSE. This list is made by `make licences`.

| Package | Version | Licence |
| --- | --- | --- |
"""
NAME = re.compile(r"^([A-Za-z0-9_.-]+)==(\S+)", re.MULTILINE)


def locked() -> list[tuple[str, str]]:
    """Every package of the lock and its version."""
    return NAME.findall((ROOT / "requirements.lock").read_text(encoding="utf8"))


def licence(about: Message) -> str:
    """What a package says of its licence, in a few words."""
    trove = [line.rpartition(" :: ")[2] for line in about.get_all("Classifier", []) if line.startswith("License ::")]
    plain = (about["License"] or "").strip().splitlines()
    return about["License-Expression"] or ", ".join(trove) or (plain[0][:60] if plain else "not stated")


def table() -> str:
    """The list, a row for each package of the lock; one for other systems has no metadata here."""
    rows = []
    for name, version in locked():
        try:
            stated = licence(metadata.metadata(name))  # type: ignore[arg-type]
        except metadata.PackageNotFoundError:
            stated = "not installed on this system; see its page on pypi.org"
        rows.append(f"| {name} | {version} | {stated} |")
    return HEAD + "\n".join(rows) + "\n"


if __name__ == "__main__":
    (ROOT / "LICENSES.md").write_text(table(), encoding="utf8")
