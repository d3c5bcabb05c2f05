"""Search joins vectors and words: what either finds is found, scores mean the same for every question."""

from collections.abc import Collection, Iterable

import pytest

from rag.domain import Article, Hit, Passage, Sentence, Source, Span
from rag.retrieve.passages import passages
from rag.retrieve.search import PassageRetriever, fuse
from rag.settings import Settings
from rag.store.library import open_library
from rag.text import sentences

LIBRARY = {
    "knee": ("A brace for sore knees", "A brace eased knee pain in 48 walkers. Nobody fell.\n\nIt cost 30 euros."),
    "tea": ("Green tea in the lab", "Green tea slowed tumor cells in a dish. People were not studied."),
    "nap": ("Naps at work", "Nurses who napped made fewer mistakes. The protein ZX-17 rose."),
    "copy": ("Green tea in the laboratory", "Green tea slowed tumor cells in a dish.  People were not studied."),
    "milk": ("Milk and bones", "Milk drinkers broke fewer bones. Women over 60 gained the most."),
}


@pytest.fixture(scope="module")
def retriever(tmp_path_factory, embedder):
    with open_library(Settings(library=tmp_path_factory.mktemp("search")), embedder) as library:
        for name, (title, text) in LIBRARY.items():
            found = tuple(Sentence(name, n, n, n, span) for n, span in enumerate(sentences.split(text)))
            article = Article(name, Source(title, f"{name}.txt"), text, sentences=found)
            library.add(article, passages(article))
        yield PassageRetriever(index=library)


@pytest.mark.parametrize(
    ("question", "article"),
    [
        ("Does sleeping during a shift make hospital staff safer?", "nap"),
        ("What happened to ZX-17?", "nap"),
        ("Which joints hurt less?", "knee"),
        ("Did mouse or human cancer cells grow less with a hot drink?", "tea"),
        ("osteoporosis fractures and dairy", "milk"),
    ],
)
def test_the_passage_that_answers_comes_first(retriever, question, article):
    assert retriever.hits(question)[0].passage.article in (article, "copy" if article == "tea" else article)


def test_hits_are_ordered_and_say_what_found_them(retriever):
    hits = retriever.hits("green tea tumor cells", k=5)
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    assert all(0 <= hit.score <= 1 for hit in hits)
    assert hits[0].found_by == ("dense", "lexical") and hits[-1].found_by == ("dense",)


def test_a_question_on_nothing_in_the_library_scores_low(retriever):
    fitting = retriever.hits("Did green tea slow tumor cells?")[0].score
    assert retriever.hits("Who won the football match on Saturday?")[0].score < 0.25 < 0.5 < fitting


def test_of_two_nearly_the_same_one_is_shown(retriever):
    texts = [hit.passage.span.text for hit in retriever.hits("Did green tea slow tumor cells in a dish?")]
    assert sum("slowed tumor cells" in text for text in texts) == 1


@pytest.mark.parametrize("k", [0, 1, 3, 100])
def test_no_more_than_asked_for(retriever, k):
    assert len(retriever.hits("tea, milk, naps and knees", k)) == min(k, len(retriever.hits("tea", 100)))


@pytest.mark.parametrize("question", ["", " ", "????", '"', "title:tea AND (", "😀", "x" * 20_000, "\ud83d"])
def test_any_question_can_be_asked(retriever, question):
    assert all(0 <= hit.score <= 1 for hit in retriever.hits(question))


def test_it_is_a_retriever_of_langchain(retriever):
    documents = PassageRetriever(index=retriever.index, k=2).invoke("Did milk help bones?")
    assert len(documents) == 2
    first = documents[0]
    assert first.metadata["article"] == "milk" and first.metadata["title"] == "Milk and bones"
    assert LIBRARY["milk"][1][first.metadata["start"] : first.metadata["end"]] == first.page_content
    assert first.metadata["found_by"] == ["dense", "lexical"] and 0 < first.metadata["score"] <= 1


def passage(name: str, article: str = "a", text: str = "words") -> Passage:
    return Passage(name, article, "T", 0, Span(0, len(text), text))


class Fixed:
    """An index with set results, for the rules that no small library shows."""

    def __init__(self, hits: list[tuple[Passage, float]], releases: tuple[tuple[str, ...], ...] = ()) -> None:
        self.found, self.releases = hits, releases

    def dense(self, query: str, k: int, among: Collection[str] | None = None) -> list[tuple[Passage, float]]:
        return [hit for hit in self.found if among is None or hit[0].article in among][:k]

    def lexical(self, query: str, k: int, among: Collection[str] | None = None) -> list[tuple[Passage, float]]:
        return []

    def match(self, query: str, passages: Iterable[Passage]) -> dict[str, float]:
        return {}

    def same_release(self, article: str) -> tuple[str, ...]:
        return tuple(other for one in self.releases if article in one for other in one if other != article)


def names(hits: tuple[Hit, ...]) -> list[str]:
    return [hit.passage.id for hit in hits]


def test_one_article_takes_half_of_the_places_where_others_follow():
    many = [(passage(f"a{n}", "a", f"text {n}"), 0.9 - n / 100) for n in range(6)]
    few = [(passage(f"b{n}", f"b{n}", f"other {n}"), 0.5 - n / 100) for n in range(2)]
    assert names(PassageRetriever(index=Fixed(many + few)).hits("", 4)) == ["a0", "a1", "b0", "b1"]
    assert names(PassageRetriever(index=Fixed(many)).hits("", 4)) == ["a0", "a1", "a2", "a3"]
    assert names(PassageRetriever(index=Fixed(many + few[:1])).hits("", 4)) == ["a0", "a1", "a2", "b0"]


def test_both_searches_count_and_a_tie_keeps_its_order():
    both, near, worded = passage("both"), passage("near"), passage("worded")
    hits = fuse([(near, 0.8), (both, 0.8)], [(worded, 0.6), (both, 0.6)])
    assert hits[0].passage is both and hits[0].score > hits[1].score
    assert {hit.passage.id: hit.found_by for hit in hits} == {
        "both": ("dense", "lexical"),
        "near": ("dense",),
        "worded": ("lexical",),
    }
    assert [hit.passage.id for hit in fuse([(near, 0.5), (both, 0.5)], [])] == ["both", "near"]
    assert fuse([(near, 1.0)], [(near, 1.0)])[0].score == pytest.approx(1)


def test_of_two_passages_as_near_the_one_whose_article_is_about_it_comes_first():
    alone, told = passage("alone", "a"), passage("told", "b")
    rest_a, rest_b = passage("rest a", "a"), passage("rest b", "b")
    hits = fuse([(alone, 0.7), (told, 0.7), (rest_b, 0.6), (rest_a, 0.1)], [])
    assert [hit.passage.id for hit in hits][:2] == ["told", "rest b"]


def test_of_the_articles_with_one_press_release_the_best_stands_for_all():
    found = [(passage(f"{name}{n}", name, f"{name} {n}"), 0.9 - n / 10) for n in range(2) for name in "abc"]
    retriever = PassageRetriever(index=Fixed(found, releases=(("a", "c"),)))
    assert {hit.passage.article for hit in retriever.hits("", 9)} == {"a", "b"}
    assert [hit.passage.article for hit in retriever.hits("", 9, ["c"])] == ["c", "c"]


def test_a_search_among_some_articles_finds_as_many_as_asked_for_there(retriever):
    hits = retriever.hits("Did green tea slow tumor cells in a dish?", 2, ["milk", "knee"])
    assert len(hits) == 2 and {hit.passage.article for hit in hits} <= {"milk", "knee"}
    assert "lexical" in retriever.hits("sore knees", 3, ["knee"])[0].found_by
    assert retriever.hits("tea", 3, []) == ()
