"""The plain LangChain side: recursive splitter, sentence-transformers with the same weights, Chroma on disk.

Runs in the environment of tests/bench/requirements.txt, so it imports nothing of the project.
"""

import json
import resource
import sys
import time
from pathlib import Path

from langchain_chroma import Chroma
from langchain_core.documents import Document
from langchain_huggingface import HuggingFaceEmbeddings
from langchain_text_splitters import RecursiveCharacterTextSplitter
from rank_bm25 import BM25Okapi

DEEP, CHUNKS = 60, 4


def store(work: Path, weights: str) -> Chroma:
    """Open the store."""
    model = HuggingFaceEmbeddings(model_name=weights, encode_kwargs={"normalize_embeddings": True})
    return Chroma("peer", model, persist_directory=str(work / "plain"), collection_metadata={"hnsw:space": "cosine"})


def measure(work: Path, weights: str) -> None:
    """Read the corpus in and search it, as its documentation shows."""
    rows = [json.loads(line) for line in (work / "corpus.jsonl").read_text("utf8").splitlines()]
    questions = json.loads((work / "questions.json").read_text("utf8"))
    chroma = store(work, weights)
    began = time.perf_counter()
    splitter = RecursiveCharacterTextSplitter(chunk_size=1000, chunk_overlap=200)
    chunks = splitter.split_documents([Document(row["text"], metadata={"id": row["id"]}) for row in rows])
    for start in range(0, len(chunks), 5000):
        chroma.add_documents(chunks[start : start + 5000])
    ingest = time.perf_counter() - began
    chroma.similarity_search(questions[0], k=8)
    times, ranked = [], []
    for question in questions:
        began = time.perf_counter()
        chroma.similarity_search(question, k=8)
        times.append(1000 * (time.perf_counter() - began))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    words = BM25Okapi([row["text"].casefold().split() for row in rows])
    for question in questions:
        scores = words.get_scores(question.casefold().split())
        best = sorted(range(len(rows)), key=lambda n: -scores[n])[:DEEP]
        found = [document.metadata["id"] for document in chroma.similarity_search(question, k=DEEP)]
        ranked.append({"rank": found, "whole": [rows[n]["id"] for n in best]})
    print(json.dumps({"ingest": ingest, "query": times, "peak": peak, "ranked": ranked, "chunks": len(chunks)}))


def cold(work: Path, weights: str) -> None:
    """Answer one question from nothing: the prompt that a model would be sent."""
    question = json.loads((work / "questions.json").read_text("utf8"))[0]
    found = store(work, weights).similarity_search(question, k=CHUNKS)
    print("\n\n".join(document.page_content for document in found))


if __name__ == "__main__":
    (cold if sys.argv[1] == "cold" else measure)(Path(sys.argv[2]), sys.argv[3])
