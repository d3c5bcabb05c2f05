"""Dates as people write them."""

MONTHS = "January February March April May June July August September October November December".split()


def day(date: str | None) -> str:
    """Return a date as people write it ("6 April 2010"), as precise as it is; "no date" for none."""
    if date is None:
        return "no date"
    year, *rest = date.split("-")
    named = [str(int(rest[1]))] if len(rest) > 1 else []
    return " ".join([*named, *([MONTHS[int(rest[0]) - 1]] if rest else []), year])
