"""The kept figures: written by `evaluate --update`, rounded down, those of other suites left as they are."""

from rag.evaluate.figures import figures, keep
from rag.evaluate.marks import Metric
from rag.evaluate.suites import Held


def held(suite, name, value, rows):
    return Held(suite, Metric(name, value, rows, ()), None)


def test_a_figure_is_kept_with_its_rows_and_never_rounded_up(tmp_path):
    path = tmp_path / "figures.json"
    keep([held("check", "pairs", 0.99999, 101), held("safety", "safety", 1.0, 80)], path)
    keep([held("check", "pairs", 2 / 3, 102)], path)
    found = {figure.metric: (figure.value, figure.rows) for figure in figures(path)}
    assert found == {"pairs": (0.6666, 102), "safety": (1.0, 80)}


def test_before_the_first_evaluation_there_is_none(tmp_path):
    assert list(figures(tmp_path / "none.json")) == []
