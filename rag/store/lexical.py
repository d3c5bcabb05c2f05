"""Search by words: BM25 in memory, a cache rebuilt from the library and kept current (150,000 passages: 2 s)."""

import math
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence

from tantivy import Document, Filter, Index, Occur, Query, SchemaBuilder, TextAnalyzer, TextAnalyzerBuilder, Tokenizer

from rag.domain import Passage
from rag.text.words import content

ANALYZER = "english"
LONGEST = 60
"""Letters of a word; what is longer is no word, and Tantivy refuses terms beyond 65,530 bytes."""
TITLE = 0.5
HALF = 10.0
"""The BM25 score that counts one half, so that scores of two questions can be compared; 20 and 30 do no better."""
SHARE = 0.4
"""What the share of the question's words that a passage has counts in how well it matches; the rest is BM25. To both
HALF is added below the line: where nothing tells the passages apart, words count little beside meaning."""
HEAP, LITTLE = 128_000_000, 15_000_000
"""Bytes a writer may use: Tantivy's own default, and the least it takes, for a change."""
WORN = 0.1
"""Share of the passages deleted at which to build anew: until then Tantivy counts their words among the frequent."""
DEEPER = 16
"""How many times as many passages are read, at most, to put those of equal score in order."""


class LexicalIndex:
    """The words of some passages and of the titles above them. Passages of equal score: by article, then by place."""

    def __init__(self, passages: Sequence[Passage]) -> None:
        """Index the passages. Empty is fine: then nothing is found."""
        self._analyzer = _analyzer()
        builder = SchemaBuilder()
        for field in ("title", "text"):
            builder.add_text_field(field, tokenizer_name=ANALYZER, index_option="freq")
        builder.add_text_field("article", tokenizer_name="raw", index_option="basic")
        builder.add_integer_field("n", indexed=True, fast=True)
        self._schema = builder.build()
        self._index = Index(self._schema)
        self._index.register_tokenizer(ANALYZER, self._analyzer)
        self._passages: dict[int, Passage] = {}
        self._numbers: dict[str, int] = {}
        self._write((), passages, HEAP)
        self._changed = False

    def replace(self, articles: Collection[str], passages: Sequence[Passage]) -> None:
        """Take the passages of some articles out and put others in: the rest is not read again."""
        self._write(articles, passages, LITTLE)
        self._changed = True

    @property
    def worn(self) -> bool:
        """Whether so many passages were taken out that it is time to build anew."""
        return len(self._passages) - len(self._numbers) > WORN * len(self._passages)

    def search(self, query: str, k: int, among: Collection[str] | None = None) -> list[tuple[Passage, float]]:
        """Return the best k passages, of the articles `among` alone, with their BM25 scores. Words alone: no operator.

        Stop words are left out: that took nDCG@10 from 0.71 to 0.76 on 89 news questions, from 0.45 to 0.49 on MedQuAD.
        """
        words = self._words(query)
        if not words or not self._numbers or k < 1:
            return []
        wanted = self._wanted(words)
        if among is not None:
            wanted = _within(wanted, Query.term_set_query(self._schema, "article", sorted(among)))
        most = k
        found = self._found(wanted, most)
        while self._changed and len(found) == most < DEEPER * k and found[-1][1] == found[k - 1][1]:
            most *= 2  # what was added later lies in a part of its own, which Tantivy asks last
            found = self._found(wanted, most)
        return sorted(found, key=_place)[:k]

    def match(self, query: str, passages: Iterable[Passage]) -> dict[str, float]:
        """Say how well passages match the words of a query, 0 to 1, by id; those without a word of it are left out.

        A word counts by its rarity in the library and, as much, among these passages: where all of them name the
        illness, what tells them apart is the rest of the question. A word the library does not know is the rarest.
        Words alone, these weights took nDCG@10 from 0.52 to 0.55 on MedQuAD and lost nothing on news and papers.
        """
        words = self._words(query)
        numbers = [self._numbers[passage.id] for passage in passages if passage.id in self._numbers]
        if not words or not numbers:
            return {}
        asked = Query.term_set_query(self._schema, "n", numbers)
        weights: dict[str, float] = {}
        held: Counter[str] = Counter()
        for word in words:
            there = self._found(_within(self._either(word), asked), len(numbers))
            weights[word] = math.sqrt(self._rarity(word) * _rarity(len(there), len(numbers)))
            held.update({passage.id: weights[word] for passage, _ in there})
        whole = sum(weights.values()) + HALF
        telling = self._wanted({word: n * weights[word] / self._rarity(word) for word, n in words.items()})
        return {
            passage.id: SHARE * held[passage.id] / whole + (1 - SHARE) * score / (score + HALF)
            for passage, score in self._found(_within(telling, asked), len(numbers))
        }

    def _write(self, articles: Collection[str], passages: Sequence[Passage], heap: int) -> None:
        writer = self._index.writer(heap, num_threads=1)  # one thread: passages of equal score keep their order
        gone = set(articles)
        for name in gone:
            writer.delete_documents_by_term("article", name)
        kept = {name: n for name, n in self._numbers.items() if self._passages[n].article not in gone}
        first = len(self._passages)
        for n, passage in enumerate(passages, first):
            writer.add_document(Document(title=passage.title, text=passage.span.text, article=passage.article, n=n))
        writer.commit()
        writer.wait_merging_threads()
        self._index.reload()
        self._passages |= dict(enumerate(passages, first))  # those taken out stay: a search may be reading
        self._numbers = kept | {passage.id: n for n, passage in enumerate(passages, first)}
        self._searcher = self._index.searcher()

    def _words(self, query: str) -> Counter[str]:
        readable = query.encode("utf8", "replace").decode("utf8")  # half a surrogate pair, which JSON can carry
        telling = " ".join(word.text for word in content(readable))
        return Counter(self._analyzer.analyze(telling or readable))

    def _found(self, wanted: Query, most: int) -> list[tuple[Passage, float]]:
        searcher = self._searcher
        found = searcher.search(wanted, most).hits
        numbers = searcher.fast_field_values("n", [address for _, address in found])
        return [(self._passages[int(n or 0)], float(score)) for n, (score, _) in zip(numbers, found, strict=True)]

    def _rarity(self, word: str) -> float:
        many = len(self._numbers)
        return _rarity(min(many, self._searcher.doc_freq("text", word)), many)

    def _wanted(self, words: Mapping[str, float]) -> Query:
        return Query.boolean_query(
            [(Occur.Should, Query.boost_query(self._either(word), float(worth))) for word, worth in words.items()]
        )

    def _either(self, word: str) -> Query:
        text, title = (Query.term_query(self._schema, field, word, "freq") for field in ("text", "title"))
        return Query.boolean_query([(Occur.Should, text), (Occur.Should, Query.boost_query(title, TITLE))])


def _rarity(holders: int, many: int) -> float:
    """What a word counts for that so many of all the passages hold: Tantivy's BM25 has the same measure."""
    return math.log(1 + (many - holders + 0.5) / (holders + 0.5))


def _within(wanted: Query, some: Query) -> Query:
    return Query.boolean_query([(Occur.Must, wanted), (Occur.Must, Query.const_score_query(some, 0.0))])


def _place(found: tuple[Passage, float]) -> tuple[float, str, int]:
    passage, score = found
    return -score, passage.article, passage.span.start


def _analyzer() -> TextAnalyzer:
    words = TextAnalyzerBuilder(Tokenizer.simple()).filter(Filter.remove_long(LONGEST)).filter(Filter.lowercase())
    return words.filter(Filter.ascii_fold()).filter(Filter.stemmer("english")).build()
