"""The library on disk: weights, vectors, words and the lock. Chroma, Tantivy and ONNX are known here alone."""
