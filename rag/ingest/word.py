"""Word files: the text of `word/document.xml`, straight from the XML, under limits on what unpacks.

python-docx leaves out what stands in tracked insertions, content controls and text boxes, and reads every part of the
package before it can be asked how big one is. The file's properties say when it was saved, not when it was published.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator

from lxml import etree  # type: ignore[import-untyped]  # lxml ships no types

from rag.errors import LoadError
from rag.ingest.extract import Extract, Part, together

UNPACKED = 20 * 1024 * 1024
"""Bytes a part may unpack to; a long article's is half a megabyte."""
_MAIN = "word/document.xml"
_SPACES = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
    "http://schemas.openxmlformats.org/markup-compatibility/2006",
)
_CHARACTERS = {"t": "", "tab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
"""Elements that hold text, and what stands for those that hold none."""
_SKIPPED = ("del", "moveFrom", "rPr", "pPr", "Fallback")
"""Deleted and moved text, formatting, a text box's second copy."""
_MARGINS = 20
"""Headers and footers read at most."""


def read_word(name: str, data: bytes) -> Extract:
    """Read a .docx file. Raises LoadError for one that is locked, damaged, empty, or unpacks to too much."""
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        message = f"{name} is locked with a password, or was written by an old Word."
        raise LoadError(message, "Save it as .docx without a password, or as text.")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            text, furniture = together(_parts(name, package))
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, KeyError, RuntimeError) as error:
        # RuntimeError, NotImplementedError: zipfile's words for a member that is encrypted or packed in a strange way.
        message = f"{name} is damaged, or no Word file."
        raise LoadError(message, "Open it in Word; if it opens, save it anew as .docx or as text.") from error
    if not any(character.isalpha() for character in text):
        raise LoadError(f"{name} holds no text.", "Give a file that holds an article; a picture of one cannot be read.")
    return Extract(text, name, name, furniture=furniture)


def _parts(name: str, package: zipfile.ZipFile) -> Iterator[Part]:
    yield from (Part(line, furniture=True) for line in _margin(name, package, "header"))
    yield from (Part(text) for text in _paragraphs(_tree(name, package, _MAIN)))
    yield from (Part(line, furniture=True) for line in _margin(name, package, "footer"))


def _margin(name: str, package: zipfile.ZipFile, where: str) -> Iterable[str]:
    """The lines of all the headers or footers, each once."""
    members = [member for member in package.namelist() if re.fullmatch(rf"word/{where}\d*\.xml", member)]
    return dict.fromkeys(line for member in members[:_MARGINS] for line in _paragraphs(_tree(name, package, member)))


def _tree(name: str, package: zipfile.ZipFile, member: str) -> etree._Element:
    # zipfile never unpacks more of a member than its declared size.
    if package.getinfo(member).file_size > UNPACKED:
        raise LoadError(f"{name} unpacks to too much for an article.", "Copy the article and save it as text.")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    try:
        return etree.fromstring(package.read(member), parser)
    except etree.XMLSyntaxError as error:
        message = f"{name} is damaged: its text cannot be read."
        raise LoadError(message, "Open it in Word; if it opens, save it anew as .docx or as text.") from error


def _paragraphs(root: etree._Element) -> Iterator[str]:
    """The paragraphs in their order; a row of a table is one, its cells parted by a stroke."""
    texts: list[list[str]] = []
    rows: list[list[list[str]]] = []
    walker = etree.iterwalk(root, events=("start", "end"))
    for event, element in walker:
        tag = _tag(element)
        if event == "start" and tag in _SKIPPED:
            walker.skip_subtree()
        elif event == "start":
            _begin(tag, element, texts, rows)
        elif tag == "p" and (text := _text(*texts.pop())):
            if rows and rows[-1]:
                rows[-1][-1].append(text)
            else:
                yield text
        elif tag == "tr":
            yield from _row(rows.pop(), rows)


def _text(bullet: str, *pieces: str) -> str:
    text = "".join(pieces).strip()
    return bullet + text if text else ""


def _begin(tag: str, element: etree._Element, texts: list[list[str]], rows: list[list[list[str]]]) -> None:
    if tag == "p":
        texts.append(["- " if _listed(element) else ""])
    elif tag == "tr":
        rows.append([])
    elif tag == "tc" and rows:
        rows[-1].append([])
    elif texts and tag in _CHARACTERS:
        texts[-1].append(_CHARACTERS[tag] or element.text or "")


def _row(cells: list[list[str]], around: list[list[list[str]]]) -> list[str]:
    """A row as one line, or as paragraphs where a table only lays out the page; in a cell it is that cell's."""
    filled = [cell for cell in cells if cell]
    plain = len(filled) > 1 and all(len(cell) == 1 for cell in filled)
    lines = [" | ".join(cell[0] for cell in filled)] if plain else [text for cell in filled for text in cell]
    if around and around[-1]:
        around[-1][-1] += lines
        return []
    return lines


def _tag(element: etree._Element) -> str:
    """The name of an element of Word's own, and of the two that choose between copies; of others nothing."""
    name = etree.QName(element.tag) if isinstance(element.tag, str) else None
    return name.localname if name is not None and name.namespace in _SPACES else ""


def _listed(paragraph: etree._Element) -> bool:
    settings = [child for around in paragraph if _tag(around) == "pPr" for child in around]
    style = next((str(value) for child in settings if _tag(child) == "pStyle" for value in child.values()), "")
    return style.startswith("List") or (any(_tag(child) == "numPr" for child in settings) and not style)
