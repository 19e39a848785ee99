import ZooVolume

extension Graph {
  /// The same function with a learnt summand of zeros on one tensor, the last of its parameters, and nothing else that learns.
  ///
  /// The summand's gradient is that of the tensor itself, whatever operations are around it: `x + 0` is x. All batch norms
  /// are frozen, so a training pass normalises by running statistics.
  public func probing(_ tensor: Int) -> Graph {
    let (probe, last) = (tensors.count, parameters.count)
    let summand = Summand(shape: tensors[tensor])
    let position = nodes.firstIndex { $0.output == tensor }.map { $0 + 1 } ?? 0
    var nodes = nodes
    for index in nodes.indices.dropFirst(position) {
      let node = nodes[index]
      nodes[index] = Node(
        path: node.path, operation: node.operation, inputs: node.inputs.map { $0 == tensor ? probe : $0 },
        output: node.output, parameters: node.parameters)
    }
    nodes.insert(
      Node(path: "probe", operation: .custom(summand), inputs: [tensor], output: probe, parameters: [last]),
      at: position)
    let fixed = parameters.map {
      Parameter(
        name: $0.name, shape: $0.shape, initializer: $0.initializer, isTrainable: false, decays: $0.decays)
    }
    return Graph(
      nodes: nodes, tensors: tensors + [tensors[tensor]], parameters: fixed + [summand.parameter],
      input: input, output: output == tensor ? probe : output)
  }
}

/// x + a, where a is learnt and as large as x.
private struct Summand: CustomOperation {
  let shape: Shape

  var name: String { "summand" }

  var parameter: Parameter {
    Parameter(name: "probe.summand", shape: [shape.channels] + shape.axes, initializer: .constant(0))
  }

  func outputShape(of inputs: [Shape]) throws -> Shape { shape }

  func parameters(for inputs: [Shape]) -> [Parameter] { [parameter] }

  func multiplyAdds(for inputs: [Shape]) -> Int { 0 }

  func forward(
    inputs: [UnsafePointer<Float>], shapes: [Shape], parameters: [UnsafePointer<Float>],
    output: UnsafeMutablePointer<Float>
  ) {
    for index in 0..<shape.count { output[index] = inputs[0][index] + parameters[0][index] }
  }

  func backward(
    inputs: [UnsafePointer<Float>], shapes: [Shape], parameters: [UnsafePointer<Float>],
    outputGradient: UnsafePointer<Float>, inputGradients: [UnsafeMutablePointer<Float>],
    parameterGradients: [UnsafeMutablePointer<Float>]
  ) {
    for index in 0..<shape.count {
      inputGradients[0][index] = outputGradient[index]
      parameterGradients[0][index] += outputGradient[index]
    }
  }
}
