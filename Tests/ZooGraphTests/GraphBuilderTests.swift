import Testing
import ZooCore
import ZooGraph
import ZooVolume

private func message(
  _ input: Shape, _ build: (inout GraphBuilder, Tensor) throws -> Tensor
) throws -> String {
  var builder = GraphBuilder(input: input)
  let x = builder.input
  return try #require(#expect(throws: Problem.self) { _ = try build(&builder, x) }).description
}

private let vector = Shape(channels: 65_536)

@Test func whatNoMachineRunsIsRefused() throws {
  #expect(
    try message(Shape(channels: 1, axes: [1024, 1024, 1024])) {
      try $0.convolution($1, filters: 2, kernel: [1, 1, 1], at: "big")
    } == "big: the output is empty or too large: expected 1 to 2³¹ − 1 values, found 2×1024×1024×1024")
  #expect(
    try message(vector) { try $0.dense($1, units: 32_768, at: "wide") }
      == "wide: weight is empty or too large: expected 1 to 2³¹ − 1 values, found 32768×65536")
  #expect(
    try message(Shape(channels: 16_384, axes: [50, 50, 50])) {
      try $0.convolution($1, filters: 16_384, kernel: [2, 1, 1], at: "slow")
    }
      == "slow: the operation takes more than 2⁴⁵ multiply-adds a sample; use fewer channels or a smaller kernel"
  )
}

@Test func aNetworkHasAnEnd() throws {
  #expect(
    try message(Shape(channels: 1)) { graph, x in
      var y = x
      for number in 0...16_384 { y = try graph.activation(y, .relu, at: "relu\(number)") }
      return y
    } == "relu16384: the network has more than 16384 operations; use fewer layers")
}

@Test func twoParametersOfOneNameAreRefused() throws {
  #expect(
    try message(vector) { graph, x in
      try graph.dense(try graph.dense(x, units: 2, at: "head"), units: 2, at: "head")
    } == "head: two layers have the same name; rename one of them")
}

@Test func zeroAndNegativeSizesAreRefused() throws {
  for filters in [0, -8] {
    #expect(
      try message(Shape(channels: 8, axes: [4, 4, 4])) {
        try $0.convolution($1, filters: filters, kernel: [1, 1, 1], at: "none")
      }.hasPrefix("none: the output is empty or too large"))
  }
  #expect(
    try message(Shape(channels: 8, axes: [4, 4, 4])) {
      try $0.convolution($1, filters: 8, kernel: [1, 1, 1], groups: 0, at: "none")
    }.hasPrefix("none: groups do not divide the channels"))
}

@Test func groupsAndStridesCountInTheCost() throws {
  var builder = GraphBuilder(input: Shape(channels: 6, axes: [7, 9, 5]))
  var x = try builder.convolution(
    builder.input, filters: 4, kernel: [3, 3, 1], stride: [2, 1, 1], groups: 2, at: "conv")
  x = try builder.globalAveragePool(x, at: "pool")
  x = try builder.dense(x, units: 3, at: "head")
  let graph = builder.finish(output: x)
  // 4·(4·9·5) outputs, each of 3 channels · 9 taps; then 4 · 3.
  #expect(graph.nodes.map { graph.multiplyAdds(of: $0) } == [19_440, 0, 12])
  #expect(graph.multiplyAdds == 19_452)
  #expect(graph.trainableCount == 4 * 3 * 9 + 4 + 12 + 3)
}

@Test func operationsStandInTheOrderTheyRun() throws {
  var builder = GraphBuilder(input: Shape(channels: 2, axes: [4, 4, 4]))
  let x = try builder.activation(builder.input, .relu, at: "relu")
  #expect(builder.operationCount == 1)
  let y = try builder.concat([x, builder.input], at: "concat")
  let graph = builder.finish(output: y)
  #expect(graph.nodes.map(\.path) == ["relu", "concat"])
  #expect(graph.nodes[1].inputs == [1, 0])
  #expect(graph.inputShape == Shape(channels: 2, axes: [4, 4, 4]))
  #expect(graph.outputShape == Shape(channels: 4, axes: [4, 4, 4]))
}
