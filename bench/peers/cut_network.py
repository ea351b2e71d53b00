#!/usr/bin/env python3
"""Cuts the network out of a model file, so that it can be timed without the encoders in front and the labels behind.

    cut_network.py MODEL.onnx NETWORK.onnx NETWORK.p

NETWORK.onnx is the file's own nodes and numbers from the first layer's product to the probabilities, with the features
[rows, inputs] as its input; NETWORK.p has W [in, out] and b of each layer as raw numbers.
"""
import sys

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

model = onnx.load(sys.argv[1])
graph = model.graph
numbers = {tensor.name: tensor for tensor in graph.initializer}
first = next(i for i, node in enumerate(graph.node) if node.op_type == "MatMul" and node.input[1] == "layer1.weights")
last = next(i for i, node in enumerate(graph.node) if "probabilities" in node.output)
nodes = graph.node[first:last + 1]
used = {name for node in nodes for name in node.input if name in numbers}
inputs = numbers["layer1.weights"].dims[0]
cut = helper.make_graph(
    nodes, "network",
    [helper.make_tensor_value_info(nodes[0].input[0], TensorProto.FLOAT, ["rows", inputs])],
    [output for output in graph.output if output.name == "probabilities"],
    [numbers[name] for name in sorted(used)])
made = helper.make_model(cut, opset_imports=model.opset_import)
made.ir_version = model.ir_version
onnx.checker.check_model(made)
onnx.save(made, sys.argv[2])

with open(sys.argv[3], "wb") as file:
    layer = 1
    while f"layer{layer}.weights" in numbers:
        for part in ("weights", "bias"):
            file.write(numpy_helper.to_array(numbers[f"layer{layer}.{part}"]).astype(np.float32).tobytes())
        layer += 1
