"""The sentence encoder as an ONNX graph: BERT, the mean over the tokens, length 1; int8 weights, built without torch.

It takes one text at a time. A batch would have to be padded, and what a text is rounded to would depend on the company
it came in; one by one, with a thread for each core, is also quicker (125 texts of 82 tokens a second and core, against
100 in batches of 32 and 48 with float32 weights): what a layer works on stays in the core's own cache.
"""

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
TOP = 63
"""The largest weight. With 127 a processor without int8 instructions (VNNI) runs over in adding two products, and the
same text would have another vector there; cosine to the published vectors is 0.994 so, 0.995 with 127."""


def build(weights: Mapping[str, Array]) -> onnx.ModelProto:
    """Build the graph out of the published tensors.

    In: `ids`, int64 of shape (1, tokens). Out: `vector`, float32 of shape (1, 384).
    """
    net = _Net(weights)
    hidden = net.embed("ids")
    for layer in range(LAYERS):
        hidden = net.layer(hidden, f"encoder.layer.{layer}.")
    net.pool(hidden, "vector")
    ids = helper.make_tensor_value_info("ids", TensorProto.INT64, [1, "tokens"])
    output = helper.make_tensor_value_info("vector", TensorProto.FLOAT, [1, WIDTH])
    made = helper.make_graph(net.nodes, "all-MiniLM-L6-v2", [ids], [output], net.constants)
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

    def weight(self, name: str) -> str:
        """Add a tensor of the weights file as it is."""
        return self.constant(name, self.weights[name])

    def whole(self, name: str, array: Array, axis: int, top: int) -> tuple[str, str]:
        """Add a matrix as int8, and the float32 steps, each along an axis its own, that it is to be multiplied with."""
        steps = np.abs(array).max(axis, keepdims=True) / top
        rounded = np.ascontiguousarray(np.rint(array / steps).astype(np.int8))
        return self.constant(f"{name} int8", rounded), self.constant(f"{name} steps", steps.astype(np.float32))

    def op(self, kind: str, inputs: Sequence[str], output: str = "", **attributes: float | list[int]) -> str:
        """Add a node."""
        output = output or f"{kind} {len(self.nodes)}"
        node = helper.make_node(kind, list(inputs), [output])
        node.attribute.extend(helper.make_attribute(name, value) for name, value in attributes.items())
        self.nodes.append(node)
        return output

    def dense(self, x: str, name: str) -> str:
        """Add x·W + b, the product in whole numbers: x is rounded to uint8 over its own range."""
        weight, steps = self.whole(name, self.weights[f"{name}.weight"].T, axis=0, top=TOP)
        rounded = [f"{x} for {name}: {part}" for part in ("uint8", "step", "zero")]
        self.nodes.append(helper.make_node("DynamicQuantizeLinear", [x], rounded))
        product = self.op("Cast", [self.op("MatMulInteger", [rounded[0], weight, rounded[2]])], to=TensorProto.FLOAT)
        real = self.op("Mul", [product, self.op("Mul", [rounded[1], steps])])
        return self.op("Add", [real, self.weight(f"{name}.bias")])

    def norm(self, x: str, name: str) -> str:
        """Add a layer normalisation over the width."""
        scale, bias = self.weight(f"{name}.weight"), self.weight(f"{name}.bias")
        return self.op("LayerNormalization", [x, scale, bias], axis=-1, epsilon=EPSILON)

    def embed(self, ids: str) -> str:
        """Add word, position and (always the first) segment embeddings, normalised."""
        # The table is half of the model; rounded word by word it loses nothing (cosine 0.99999).
        name = "embeddings.word_embeddings.weight"
        rounded, steps = (
            self.op("Gather", [part, ids]) for part in self.whole(name, self.weights[name], axis=1, top=127)
        )
        words = self.op("Mul", [self.op("Cast", [rounded], to=TensorProto.FLOAT), steps])
        length = self.op("Shape", [ids], start=1, end=2)
        table = self.weight("embeddings.position_embeddings.weight")
        positions = self.op("Slice", [table, self.integers(0), length, self.integers(0)])
        segment = self.constant("segment", self.weights["embeddings.token_type_embeddings.weight"][0])
        placed = self.op("Add", [self.op("Add", [words, positions]), segment])
        return self.norm(placed, "embeddings.LayerNorm")

    def layer(self, x: str, name: str) -> str:
        """Add one encoder layer: attention, then the two dense steps, each added to its input and normalised."""
        attended = self.dense(self.attention(x, f"{name}attention.self."), f"{name}attention.output.dense")
        x = self.norm(self.op("Add", [attended, x]), f"{name}attention.output.LayerNorm")
        wide = self.op("Gelu", [self.dense(x, f"{name}intermediate.dense")])
        narrow = self.dense(wide, f"{name}output.dense")
        return self.norm(self.op("Add", [narrow, x]), f"{name}output.LayerNorm")

    def attention(self, x: str, name: str) -> str:
        """Add softmax(q·kᵀ/√size)·v over the heads (Vaswani et al. 2017, section 3.2)."""
        size = WIDTH // HEADS
        split = self.integers(0, 0, HEADS, size)

        def heads(part: str, order: list[int]) -> str:
            return self.op("Transpose", [self.op("Reshape", [self.dense(x, name + part), split])], perm=order)

        query, key, value = heads("query", [0, 2, 1, 3]), heads("key", [0, 2, 3, 1]), heads("value", [0, 2, 1, 3])
        scores = self.op("Mul", [self.op("MatMul", [query, key]), self.number(size**-0.5)])
        weights = self.op("Softmax", [scores], axis=-1)
        joined = self.op("Transpose", [self.op("MatMul", [weights, value])], perm=[0, 2, 1, 3])
        return self.op("Reshape", [joined, self.integers(0, 0, WIDTH)])

    def pool(self, x: str, output: str) -> None:
        """Add the mean over the tokens at length 1, which spares the division by their number."""
        total = self.op("ReduceSum", [x, self.integers(1)], keepdims=0)
        self.op("LpNormalization", [total], output, axis=-1, p=2)
