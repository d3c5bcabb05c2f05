"""The sentence encoder as an ONNX graph: BERT, the mean over the tokens, length 1; built without torch."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import onnx
from onnx import TensorProto, checker, helper, numpy_helper

Array = np.ndarray[Any, Any]

LAYERS, HEADS, WIDTH, EPSILON = 6, 12, 384, 1e-12
"""The shape of all-MiniLM-L6-v2 (its config.json)."""
OPSET = 20
"""The first ONNX operator set with Gelu."""
FORMAT = 10
"""The ONNX file format; every onnxruntime since 1.18 reads it."""
MASKED = -1e9
"""Added to the attention a padding token gets: its exp is 0 in float32."""


def build(weights: Mapping[str, Array]) -> onnx.ModelProto:
    """Build the graph out of the published tensors.

    In: `ids` and `mask`, int64 of shape (texts, tokens). Out: `vector`, float32 of shape (texts, 384).
    """
    net = _Net(weights)
    hidden = net.embed("ids")
    bias = net.padding_bias("mask")
    for layer in range(LAYERS):
        hidden = net.layer(hidden, bias, f"encoder.layer.{layer}.")
    net.pool(hidden, "mask", "vector")
    tokens = ["texts", "tokens"]
    inputs = [helper.make_tensor_value_info(name, TensorProto.INT64, tokens) for name in ("ids", "mask")]
    output = helper.make_tensor_value_info("vector", TensorProto.FLOAT, ["texts", WIDTH])
    made = helper.make_graph(net.nodes, "all-MiniLM-L6-v2", inputs, [output], net.constants)
    model = helper.make_model(made, opset_imports=[helper.make_opsetid("", OPSET)], ir_version=FORMAT)
    checker.check_model(model)
    return model


class _Net:
    """Nodes and constants of a graph under construction; each method adds a few and gives the name of its output."""

    def __init__(self, weights: Mapping[str, Array]) -> None:
        self.weights = weights
        self.nodes: list[onnx.NodeProto] = []
        self.constants: list[onnx.TensorProto] = []
        self._known: set[str] = set()

    def constant(self, name: str, array: Array) -> str:
        """Add a constant once."""
        if name not in self._known:
            self._known.add(name)
            self.constants.append(numpy_helper.from_array(array, name))
        return name

    def number(self, value: float) -> str:
        """Add a float32 scalar."""
        return self.constant(f"number {value}", np.array(value, np.float32))

    def integers(self, *values: int) -> str:
        """Add a list of int64: axes, a shape."""
        return self.constant(f"integers {values}", np.array(values, np.int64))

    def weight(self, name: str, *, turned: bool = False) -> str:
        """Add a tensor of the weights file, `turned` where it is stored as (out, in)."""
        array = self.weights[name]
        return self.constant(name, np.ascontiguousarray(array.T) if turned else array)

    def op(self, kind: str, inputs: Sequence[str], output: str = "", **attributes: float | list[int]) -> str:
        """Add a node."""
        output = output or f"{kind} {len(self.nodes)}"
        node = helper.make_node(kind, list(inputs), [output])
        node.attribute.extend(helper.make_attribute(name, value) for name, value in attributes.items())
        self.nodes.append(node)
        return output

    def dense(self, x: str, name: str) -> str:
        """Add x·W + b."""
        product = self.op("MatMul", [x, self.weight(f"{name}.weight", turned=True)])
        return self.op("Add", [product, self.weight(f"{name}.bias")])

    def norm(self, x: str, name: str) -> str:
        """Add a layer normalisation over the width."""
        scale, bias = self.weight(f"{name}.weight"), self.weight(f"{name}.bias")
        return self.op("LayerNormalization", [x, scale, bias], axis=-1, epsilon=EPSILON)

    def embed(self, ids: str) -> str:
        """Add word, position and (always the first) segment embeddings, normalised."""
        words = self.op("Gather", [self.weight("embeddings.word_embeddings.weight"), ids])
        length = self.op("Shape", [ids], start=1, end=2)
        table = self.weight("embeddings.position_embeddings.weight")
        positions = self.op("Slice", [table, self.integers(0), length, self.integers(0)])
        segment = self.constant("segment", self.weights["embeddings.token_type_embeddings.weight"][0])
        placed = self.op("Add", [self.op("Add", [words, positions]), segment])
        return self.norm(placed, "embeddings.LayerNorm")

    def padding_bias(self, mask: str) -> str:
        """Add what each token's attention to each other gets: 0, or MASKED for padding; shape (texts, 1, 1, tokens)."""
        kept = self.op("Cast", [mask], to=TensorProto.FLOAT)
        bias = self.op("Mul", [self.op("Sub", [self.number(1.0), kept]), self.number(MASKED)])
        return self.op("Unsqueeze", [bias, self.integers(1, 2)])

    def layer(self, x: str, bias: str, name: str) -> str:
        """Add one encoder layer: attention, then the two dense steps, each added to its input and normalised."""
        attended = self.dense(self.attention(x, bias, f"{name}attention.self."), f"{name}attention.output.dense")
        x = self.norm(self.op("Add", [attended, x]), f"{name}attention.output.LayerNorm")
        wide = self.op("Gelu", [self.dense(x, f"{name}intermediate.dense")])
        narrow = self.dense(wide, f"{name}output.dense")
        return self.norm(self.op("Add", [narrow, x]), f"{name}output.LayerNorm")

    def attention(self, x: str, bias: str, name: str) -> str:
        """Add softmax(q·kᵀ/√size + bias)·v over the heads (Vaswani et al. 2017, section 3.2)."""
        size = WIDTH // HEADS
        split = self.integers(0, 0, HEADS, size)

        def heads(part: str, order: list[int]) -> str:
            return self.op("Transpose", [self.op("Reshape", [self.dense(x, name + part), split])], perm=order)

        query, key, value = heads("query", [0, 2, 1, 3]), heads("key", [0, 2, 3, 1]), heads("value", [0, 2, 1, 3])
        scores = self.op("Mul", [self.op("MatMul", [query, key]), self.number(size**-0.5)])
        weights = self.op("Softmax", [self.op("Add", [scores, bias])], axis=-1)
        joined = self.op("Transpose", [self.op("MatMul", [weights, value])], perm=[0, 2, 1, 3])
        return self.op("Reshape", [joined, self.integers(0, 0, WIDTH)])

    def pool(self, x: str, mask: str, output: str) -> None:
        """Add the mean over the real tokens at length 1, which spares the division by their number."""
        kept = self.op("Unsqueeze", [self.op("Cast", [mask], to=TensorProto.FLOAT), self.integers(2)])
        total = self.op("ReduceSum", [self.op("Mul", [x, kept]), self.integers(1)], keepdims=0)
        self.op("LpNormalization", [total], output, axis=-1, p=2)
