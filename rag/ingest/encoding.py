"""Bytes as text: the encoding a document states, else UTF-8, else the one its bytes are typical of."""

import codecs
import re

from rag.errors import LoadError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_META = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
_HEAD = 4096
"""Bytes in which a page names its encoding: the standard asks for 1,024, real pages run over."""
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_WESTERN = 0.3
"""Share of bytes over 127 up to which a text may be Windows-1252: French has 0.05, Chinese 0.6 and more."""
_BROKEN = 0.01
"""Share of characters that may be unreadable in a text that names its encoding: a few cut letters, not another one."""
_SAMPLE = 65_536
_ALIASES = {"gb2312": "gb18030", "gbk": "gb18030", "iso-8859-1": "cp1252", "latin1": "cp1252", "ascii": "cp1252"}
"""What a label means in practice, as browsers read it (WHATWG Encoding Standard, section 4.2)."""


def decode(name: str, data: bytes, stated: str | None = None) -> str:
    """Decode a text in the encoding it marks or that was stated, else UTF-8, else the one its bytes are typical of.

    Raises LoadError where it is no text. Unreadable characters of a stated encoding stay visible as U+FFFD.
    """
    marked = next((encoding for mark, encoding in _MARKS if data.startswith(mark)), None) or _halves(data)
    if (text := _strictly(data, marked or "utf-8")) is not None:
        return text
    if not marked:
        for text in (_stated(data, stated), _damaged(data), _strictly(data, _typical(data))):
            if text is not None:
                return text
    raise LoadError(f"{name} is not text.", "Open it in its own program and save it as text (UTF-8).")


def stated(data: bytes) -> str | None:
    """Return the encoding a page names in its head."""
    found = _META.search(data[:_HEAD])
    return found[1].decode("ascii") if found else None


def _strictly(data: bytes, encoding: str | None) -> str | None:
    try:
        text = data.decode(encoding) if encoding else None
    except (UnicodeDecodeError, LookupError):
        return None
    return None if text is None or _CONTROL.search(text) else text


def _stated(data: bytes, label: str | None) -> str | None:
    """Decode as stated, a few bad bytes allowed: a page cut or glued together is still an article."""
    try:
        text = data.decode(_ALIASES.get(label.lower(), label), "replace") if label else None
    except LookupError:
        return None
    if not text or _CONTROL.search(text) or text.count("\ufffd") > len(text) * _BROKEN:
        return None
    return text


def _damaged(data: bytes) -> str | None:
    """UTF-8 with some bytes lost: most of its letters outside ASCII are whole, which in no other encoding happens."""
    text = data.decode("utf-8", "replace")
    lost = text.count("\ufffd")
    whole = sum(character > "\x7f" for character in text) - lost
    return text if lost * 3 <= whole and not _CONTROL.search(text) else None


def _halves(data: bytes) -> str | None:
    """UTF-16 without its mark: in Western text every other byte is zero."""
    head = data[:_SAMPLE]
    low, high = head[0::2].count(0), head[1::2].count(0)
    if len(head) >= 4 and max(low, high) > len(head) / 4 and min(low, high) <= len(head) / 100:
        return "utf-16-le" if high > low else "utf-16-be"
    return None


def _typical(data: bytes) -> str | None:
    head = data[:_SAMPLE]
    if sum(byte > 127 for byte in head) <= len(head) * _WESTERN:
        return "cp1252"
    from charset_normalizer import from_bytes

    best = from_bytes(head).best()
    return best.encoding if best else None
