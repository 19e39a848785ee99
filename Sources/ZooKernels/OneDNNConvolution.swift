internal import COneDNN
import ZooCore

/// oneDNN's CPU engine, owned.
public final class OneDNNEngine {
  let handle: OpaquePointer

  /// Starts the engine; throws where oneDNN cannot.
  public init() throws {
    zoo_dnnl_single_thread()
    handle = try made("starting oneDNN") { zoo_engine_create(&$0, $1) }
  }

  deinit { zoo_engine_destroy(handle) }

  /// The version of the library, as 20603 for 2.6.3.
  public static var version: Int { Int(zoo_dnnl_version()) }
}

/// A convolution by oneDNN: any shape, one single-threaded primitive a pass, shared by all workers.
public final class OneDNNConvolution: ConvolutionKernel {
  private let engine: OneDNNEngine
  private let convolution: OpaquePointer
  private var lanes: [OpaquePointer] = []
  /// The implementations oneDNN chose.
  public let name: String

  /// Makes the primitives for a number of workers; `dataGradient` and `weightGradient` say which backward passes.
  public init(
    _ shape: ConvolutionShape, dataGradient: Bool, weightGradient: Bool, workers: Int, engine: OneDNNEngine,
    path: String
  ) throws {
    var c = zoo_convolution_shape()
    c.input_channels = Int64(shape.inputChannels)
    c.output_channels = Int64(shape.outputChannels)
    c.groups = Int64(shape.groups)
    c.input = triple(shape.input)
    c.output = triple(shape.output)
    c.kernel = triple(shape.kernel)
    c.stride = triple(shape.stride)
    c.dilation = triple(shape.dilation)
    c.padding_before = triple(shape.paddingBefore)
    // What oneDNN takes for the padding after is what the output's size makes of it: voxels the stride leaves over are not read.
    c.padding_after = triple(
      (0..<3).map { axis in
        (shape.output[axis] - 1) * shape.stride[axis] + (shape.kernel[axis] - 1) * shape.dilation[axis] + 1
          - shape.input[axis] - shape.paddingBefore[axis]
      })
    c.has_bias = shape.hasBias ? 1 : 0
    c.plain_input = shape.isInputPlain ? 1 : 0
    let passes =
      ZOO_FORWARD | (dataGradient ? ZOO_BACKWARD_DATA : 0) | (weightGradient ? ZOO_BACKWARD_WEIGHTS : 0)
    self.engine = engine
    let convolution = try made(path) {
      zoo_convolution_create(engine.handle, &c, Int32(passes), &$0, $1)
    }
    self.convolution = convolution
    name = String(cString: zoo_convolution_names(convolution))
    for _ in 0..<workers {
      lanes.append(try made(path) { zoo_lane_create(engine.handle, convolution, &$0, $1) })
    }
  }

  deinit {
    for lane in lanes { zoo_lane_destroy(lane) }
    zoo_convolution_destroy(convolution)
  }

  /// How often a sample was copied into another layout because the chosen implementation asked for it.
  public var reorders: Int { lanes.reduce(0) { $0 + Int(zoo_lane_reorders($1)) } }
  /// Bytes of the packed forward weights.
  public var forwardBytes: Int { zoo_convolution_forward_bytes(convolution) }
  /// Bytes of the packed data-gradient weights.
  public var dataBytes: Int { zoo_convolution_data_bytes(convolution) }
  /// Bytes of a packed weight gradient.
  public var gradientBytes: Int { zoo_convolution_gradient_bytes(convolution) }
  /// Bytes of a worker's scratch.
  public var scratchBytes: Int { zoo_convolution_scratch_bytes(convolution) }

  /// Packs plain weights for the forward pass.
  public func packForward(
    _ plain: UnsafePointer<Float>, into packed: UnsafeMutablePointer<Float>, worker: Int
  ) throws { try checked { zoo_lane_pack_forward(lanes[worker], plain, packed, $0) } }

  /// Packs plain weights for the data gradient.
  public func packData(
    _ plain: UnsafePointer<Float>, into packed: UnsafeMutablePointer<Float>, worker: Int
  ) throws { try checked { zoo_lane_pack_data(lanes[worker], plain, packed, $0) } }

  /// Turns a packed weight gradient into a plain one.
  public func unpackGradient(
    _ packed: UnsafePointer<Float>, into plain: UnsafeMutablePointer<Float>, worker: Int
  ) throws { try checked { zoo_lane_unpack_gradient(lanes[worker], packed, plain, $0) } }

  /// output = input ∗ weights + bias
  public func forward(
    _ input: UnsafePointer<Float>, weights: UnsafePointer<Float>, bias: UnsafePointer<Float>?,
    output: UnsafeMutablePointer<Float>, scratch: UnsafeMutableRawPointer, worker: Int
  ) throws { try checked { zoo_lane_forward(lanes[worker], input, weights, bias, output, scratch, $0) } }

  /// Writes the gradient of the input.
  public func backwardData(
    _ outputGradient: UnsafePointer<Float>, weights: UnsafePointer<Float>,
    inputGradient: UnsafeMutablePointer<Float>, scratch: UnsafeMutableRawPointer, worker: Int
  ) throws {
    try checked { zoo_lane_backward_data(lanes[worker], outputGradient, weights, inputGradient, scratch, $0) }
  }

  /// Writes the packed gradient of the weights, and that of the bias.
  public func backwardWeights(
    _ input: UnsafePointer<Float>, outputGradient: UnsafePointer<Float>,
    gradient: UnsafeMutablePointer<Float>,
    biasGradient: UnsafeMutablePointer<Float>?, scratch: UnsafeMutableRawPointer, worker: Int
  ) throws {
    try checked {
      zoo_lane_backward_weights(lanes[worker], input, outputGradient, gradient, biasGradient, scratch, $0)
    }
  }
}

/// Runs a C call that reports through a status and a message.
private func checked(_ what: String = "", _ call: (UnsafeMutablePointer<CChar>) -> Int32) throws {
  try withUnsafeTemporaryAllocation(of: CChar.self, capacity: Int(ZOO_MESSAGE_BYTES)) { message in
    guard let text = message.baseAddress, call(text) != 0 else { return }
    throw Problem(String(cString: text), at: what.isEmpty ? nil : what)
  }
}

/// The handle a C call made (+1: the caller frees it).
private func made(
  _ what: String, _ call: (inout OpaquePointer?, UnsafeMutablePointer<CChar>) -> Int32
) throws -> OpaquePointer {
  var handle: OpaquePointer?
  try checked(what) { call(&handle, $0) }
  guard let handle else { throw Problem("oneDNN made nothing", at: what) }
  return handle
}

private func triple(_ sizes: [Int]) -> (Int64, Int64, Int64) {
  (Int64(sizes[0]), Int64(sizes[1]), Int64(sizes[2]))
}
