import ZooCore
import ZooGraph

/// 3D convolution: (C, D, H, W) to (`filters`, D', H', W').
struct Conv3D: Layer {
  static let type = "conv3d"
  static let summary = "3D convolution, with stride, padding, dilation, groups and bias"

  let filters: Int
  let kernel: [Int]
  let stride: [Int]
  let padding: Padding
  let dilation: [Int]
  let groups: Int
  let hasBias: Bool
  let initializer: KernelInitializer

  init(options: inout JSONObject) throws {
    filters = try options.integer("filters", in: filterRange)
    kernel = try options.triple("kernel", in: windowRange)
    stride = try options.triple("stride", in: windowRange, default: 1)
    padding = try options.padding(default: .same)
    dilation = try options.triple("dilation", in: windowRange, default: 1)
    groups = try options.integer("groups", in: filterRange, default: 1)
    hasBias = try options.bool("bias", default: true)
    initializer = try options.initializer()
  }

  func lower(_ inputs: [Tensor], at path: String, into graph: inout GraphBuilder) throws -> Tensor {
    try graph.convolution(
      inputs[0], filters: filters, kernel: kernel, stride: stride, padding: padding, dilation: dilation,
      groups: groups, hasBias: hasBias, initializer: initializer, at: path)
  }
}
