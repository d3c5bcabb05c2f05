"""The library keeps what it is given, finds it, and lets go of it: over a reopening, from many threads, in bulk."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from rag.domain import Document
from rag.errors import IndexMismatch, RagError
from rag.store.embed import MiniLM
from rag.store.library import State, open_library

pytestmark = pytest.mark.parametrize("place", ["embedded", "server"], indirect=True)


def found(library, query: str) -> set[str]:
    return {passage.article for passage, _ in (*library.dense(query, 5), *library.lexical(query, 5))}


def test_a_new_library_is_empty_and_finds_nothing(settings, embedder):
    with open_library(settings, embedder) as library:
        assert library.articles() == library.passages() == ()
        assert library.dense("tea", 3) == library.lexical("tea", 3) == []
        with pytest.raises(RagError, match="empty") as error:
            library.article("tea")
        assert "ingest" in error.value.hint


def test_what_was_added_is_there_after_a_reopening(settings, embedder, write):
    pairs = [write(name, f"Text of {name}. It has two sentences.", f"Title\nof {name}") for name in ("b", "a", "ü")]
    for _ in range(2):
        with open_library(settings, embedder) as library:
            for article, passages in pairs:
                library.add(article, passages)
    with open_library(settings, embedder) as library:
        assert library.articles() == tuple(sorted((article for article, _ in pairs), key=lambda a: a.id))
        assert set(library.passages()) == {passage for _, passages in pairs for passage in passages}
        assert len(library.passages()) == 3
        assert library.lexical("text of ü", 3) and library.dense("text of ü", 3)


@pytest.mark.parametrize(
    ("query", "name"),
    [("tired hospital staff", "001-sleep"), ("painful joints", "002-knee"), ("a drink against cancer", "002-tea")],
)
def test_the_nearest_in_meaning_comes_first(three, embedder, query, name):
    with open_library(three, embedder) as library:
        hits = library.dense(query, 3)
    assert hits[0][0].article == name
    assert 1 >= hits[0][1] >= hits[1][1] >= hits[2][1] >= 0


def test_the_title_counts_in_both_searches(three, embedder):
    with open_library(three, embedder) as library:
        assert library.lexical("braces", 1)[0][0].article == "002-knee"
        assert library.dense("laboratory", 1)[0][0].article == "002-tea"


@pytest.mark.parametrize(
    ("name", "text", "state"),
    [
        ("new", "Nobody wrote this before.", State.ADDED),
        ("002-tea", "Green tea slowed tumor cells in a dish.", State.UNCHANGED),
        ("again", "Green tea slowed tumor cells in a dish.", State.UNCHANGED),
        ("002-tea", "Green tea did nothing.", State.UPDATED),
    ],
)
def test_an_article_is_known_by_its_text(three, embedder, name, text, state):
    with open_library(three, embedder) as library:
        assert library.state(Document(text, "x.txt", name)) is state


def test_an_update_takes_the_old_text_s_place(three, embedder, write):
    for again in (False, True):
        with open_library(three, embedder) as library:
            if not again:
                before = library.lexical("tumor cells", 3)
                library.add(*write("002-tea", "Black coffee kept drivers awake. It was a small trial."))
                assert before and not any(p.article == "002-tea" for p, _ in library.lexical("tumor cells", 3))
            assert [article.id for article in library.articles()] == ["001-sleep", "002-knee", "002-tea"]
            assert library.article("002-tea").text.startswith("Black coffee")
            texts = [p.span.text for p in library.passages() if p.article == "002-tea"]
            assert texts == ["Black coffee kept drivers awake. It was a small trial."]
            assert not any("Green tea" in p.span.text for p, _ in library.dense("Green tea slowed tumor cells", 9))


@pytest.mark.parametrize("name", ["002-tea", "https://news.test/tea", "https", "002-t"])
def test_what_is_removed_is_gone_for_good(three, embedder, name):
    with open_library(three, embedder) as library:
        library.remove(name)
        assert "002-tea" not in found(library, "Green tea slowed tumor cells")
    with open_library(three, embedder) as library:
        assert [article.id for article in library.articles()] == ["001-sleep", "002-knee"]
        assert "002-tea" not in found(library, "Green tea slowed tumor cells")
        with pytest.raises(RagError):
            library.remove(name)


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("002-knee", "002-knee"),
        ("knee.html", "002-knee"),
        ("kn", "002-knee"),
        ("001", "001-sleep"),
        ("001-sleep.txt", "001-sleep"),
        ("https://news.test/tea", "002-tea"),
    ],
)
def test_an_article_goes_by_several_names(three, embedder, name, meant):
    with open_library(three, embedder) as library:
        assert library.article(name).id == library.identify(name) == meant


@pytest.mark.parametrize(
    ("name", "said"), [("002", "002-knee (knee.html), 002-tea"), ("", "001-sleep"), ("999", "no article '999'")]
)
def test_a_name_that_is_none_or_several_is_said(three, embedder, name, said):
    with open_library(three, embedder) as library, pytest.raises(RagError) as error:
        library.article(name)
    assert said in error.value.message
    assert error.value.hint


def test_an_id_is_meant_before_a_longer_one_that_begins_with_it(settings, embedder, write):
    with open_library(settings, embedder) as library:
        library.add_all([write("tea", "Tea. One."), write("tea-2", "Tea. Two."), write("x", "Three.", origin="tea-2")])
        assert library.article("tea").id == "tea"
        assert library.article("tea-2").id == "tea-2"


def test_the_revision_grows_with_each_change(three, embedder, write):
    with open_library(three, embedder) as library:
        seen = [library.revision]
        assert library.articles() is library.articles()
        library.add(*write("new", "Zinc for colds."))
        seen.append(library.revision)
        library.add(*write("new", "Zinc for the flu."))
        seen.append(library.revision)
        library.remove("new")
        seen.append(library.revision)
    assert seen == sorted(set(seen))


def test_an_article_without_a_citable_sentence_is_kept(settings, embedder, write):
    article, _ = write("bare", "…")
    assert article.sentences == ()
    for _ in range(2):
        with open_library(settings, embedder) as library:
            library.add(article, ())
            assert library.articles() == (article,)
            assert library.dense("anything", 3) == library.lexical("anything", 3) == []


def test_passages_of_another_article_are_refused(settings, embedder, write):
    (article, _), (_, passages) = write("a", "One."), write("b", "Two.")
    with open_library(settings, embedder) as library, pytest.raises(ValueError, match="another article"):
        library.add(article, passages)


class Counting(MiniLM):
    """The same model, counting its calls."""

    def __init__(self, model: MiniLM) -> None:
        self.__dict__ = {**vars(model), "calls": 0}

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        self.calls += 1
        return super().embed_documents(texts)


def test_500_articles_go_in_together(settings, embedder, write):
    counting = Counting(embedder)
    with open_library(settings, counting) as library:
        library.add_all(write(f"{n:03}", f"Report number {n}.") for n in range(500))
        assert counting.calls == 1
        assert len(library.articles()) == len(library.passages()) == 500
        assert library.lexical("report 321", 1)[0][0].article == "321"


class Renamed(MiniLM):
    """The same model under another name."""

    def __init__(self, model: MiniLM) -> None:
        self.__dict__ = vars(model)

    @property
    def fingerprint(self) -> str:
        return "another-model"


def test_vectors_of_another_model_are_refused_and_stay(three, embedder):
    with pytest.raises(IndexMismatch) as error:
        open_library(three, Renamed(embedder))
    assert "another-model" in error.value.message and embedder.fingerprint in error.value.message
    assert "python -m rag rebuild" in error.value.hint
    with open_library(three, embedder) as library:
        assert len(library.articles()) == 3 and "002-tea" in found(library, "tea")


def test_one_library_serves_readers_while_it_changes(three, embedder, write):
    with open_library(three, embedder) as library:

        def read(_: int) -> bool:
            names = {article.id for article in library.articles()}
            return "001-sleep" in names and "001-sleep" in found(library, "Nurses on night shifts slept five hours")

        with ThreadPoolExecutor(6) as pool:
            reads = pool.map(read, range(60))
            for n in range(12):
                library.add(*write("moving", f"Version {n} of a text on apples. It changes."))
                library.remove("moving")
            assert all(reads)
        assert len(library.articles()) == 3
