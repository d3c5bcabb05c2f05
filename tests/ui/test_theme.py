"""The look: text that can be read on its ground, and nothing fetched from anywhere."""

import re
import tomllib

import pytest

from rag.settings import ROOT

THEME = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf8"))["theme"]
CSS = (ROOT / "rag" / "ui" / "theme.css").read_text(encoding="utf8")
OWN = {name: pair for name, *pair in re.findall(r"--cv-(\w+): light-dark\((#\w{6}), (#\w{6})\)", CSS)}
SCHEMES = ("light", "dark")
AA = 4.5
"""WCAG 2.2, 1.4.3: the least contrast of text of normal size."""


def luminance(color):
    parts = [int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


GROUNDS = ("backgroundColor", "secondaryBackgroundColor", "soft", "warm", "mark")
PLAIN = GROUNDS[:2]
"""Quiet text and links stand on these alone."""


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize(
    ("text", "ground"),
    [("textColor", ground) for ground in GROUNDS]
    + [(text, ground) for text in ("quiet", "linkColor") for ground in PLAIN],
)
def test_text_can_be_read_on_its_ground(scheme, text, ground):
    def color(name):
        return OWN[name][SCHEMES.index(scheme)] if name in OWN else THEME[scheme][name]

    assert contrast(color(text), color(ground)) >= AA


PAIR = r"light-dark\((#\w{6}), (#\w{6})\)"


@pytest.mark.parametrize("at", [0, 1], ids=SCHEMES)
@pytest.mark.parametrize(
    ("rule", "grounds"),
    [
        (r"\.cv-letter \{", ("soft",)),
        (r"\.cv-legend mark \{", ("soft", "mark")),
        (r"\.cv-plain \{", ("soft",)),
        (r"-primary[^{]*\{", ("accent",)),
    ],
)
def test_text_with_a_color_of_its_own_can_be_read(rule, grounds, at):
    body = next(body for body in re.findall(rule + r"([^}]*)\}", CSS) if re.search(r"(?<!-)\bcolor: light-dark", body))
    ink = re.search(rf"(?<!-)\bcolor: {PAIR}", body).groups()[at]
    assert all(contrast(ink, OWN[ground][at]) >= AA for ground in grounds)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_style_and_the_theme_agree(scheme):
    at = SCHEMES.index(scheme)
    assert OWN["accent"][at] == THEME[scheme]["primaryColor"]
    assert OWN["line"][at] == THEME[scheme]["borderColor"]
    assert THEME[scheme]["backgroundColor"] in CSS


def test_no_font_or_picture_is_fetched():
    assert "fontFaces" not in THEME
    assert not re.search(r"url\(|@import|https?:", CSS)
    assert "http" not in THEME["font"] + THEME["headingFont"]
