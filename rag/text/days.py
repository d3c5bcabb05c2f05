"""Dates as people write them."""

MONTHS = {
    "en": "January February March April May June July August September October November December".split(),
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre".split(),
}
NONE = {"en": "no date", "es": "sin fecha"}


def day(date: str | None, language: str = "en") -> str:
    """Return a date as people write it ("6 April 2010"), as precise as it is; "no date" for none."""
    if date is None:
        return NONE[language]
    year, *rest = date.split("-")
    named = [str(int(rest[1]))] if len(rest) > 1 else []
    month = [MONTHS[language][int(rest[0]) - 1]] if rest else []
    return (" de " if language == "es" else " ").join([*named, *month, year])
