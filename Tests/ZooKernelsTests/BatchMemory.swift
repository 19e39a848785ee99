import CKernels
import ZooKernels

/// A kernel that packs its weights.
protocol PackedKernel {
  var forwardBytes: Int { get }
  var dataBytes: Int { get }
  var gradientBytes: Int { get }
  var scratchBytes: Int { get }
  func packForward(_ plain: UnsafePointer<Float>, into packed: UnsafeMutableRawPointer)
  func packData(_ plain: UnsafePointer<Float>, into packed: UnsafeMutableRawPointer)
}

extension BatchConvolution: PackedKernel {}
extension SlabConvolution: PackedKernel {}

/// All memory of a run, behind which nothing may be written; what is made is not a number before.
final class BatchMemory {
  let forward, data, scratch, inputRows, gradientRows, weightGradient, biasGradient: AlignedFloats
  let outputs, inputGradients: [StoredTensor]
  var inputs: [zoo_source] = []
  var gradients: [zoo_source] = []
  private(set) var targets: [zoo_target] = []
  private(set) var sinks: [zoo_sink] = []
  private let read: [StoredTensor]
  private let channels: [AlignedFloats]
  private let tallies: UnsafeMutablePointer<zoo_tally>
  private let sumsOfAll: UnsafeMutablePointer<Double>
  private let blocks, places: Int

  /// With rows of so many bytes.
  init(_ kernel: any PackedKernel, inputRows: Int = 0, gradientRows: Int = 0, _ given: BatchData) {
    forward = AlignedFloats(bytes: kernel.forwardBytes)
    data = AlignedFloats(bytes: kernel.dataBytes)
    scratch = AlignedFloats(bytes: kernel.scratchBytes)
    self.inputRows = AlignedFloats(bytes: inputRows)
    self.gradientRows = AlignedFloats(bytes: gradientRows)
    weightGradient = AlignedFloats(bytes: kernel.gradientBytes)
    biasGradient = AlignedFloats(bytes: given.bias.count * 4)
    let weights = AlignedFloats(given.weights)
    kernel.packForward(weights.base, into: forward.base)
    kernel.packData(weights.base, into: data.base)

    let x = given.x.map { StoredTensor($0, given.type) }
    let dy = given.dy.map { StoredTensor($0, given.type) }
    let z = given.z.map { StoredTensor($0, given.type) }
    read = x + dy + z
    outputs = given.dy.map { StoredTensor($0.map { _ in .nan }, given.type) }
    inputGradients = given.held.map { StoredTensor($0, given.type) }
    let channels = [given.scale, given.shift, given.slope, given.mean, given.bias].map { AlignedFloats($0) }
    self.channels = channels
    blocks = given.shape.outputChannels / 16
    places = given.shape.inputChannels
    tallies = .allocate(capacity: given.samples * blocks)
    tallies.initialize(repeating: zoo_tally(), count: given.samples * blocks)
    sumsOfAll = .allocate(capacity: given.samples * 2 * places)
    sumsOfAll.initialize(repeating: 0, count: given.samples * 2 * places)

    let type = Int32(given.type.rawValue)
    for sample in 0..<given.samples {
      var source = zoo_source()
      source.x = UnsafeRawPointer(x[sample].base)
      source.scale = UnsafePointer(channels[0].base)
      source.shift = UnsafePointer(channels[1].base)
      source.voxels = Int64(given.inputs)
      source.type = type
      source.activation = Int32(ZOO_RELU)
      inputs.append(source)
      var sink = zoo_sink()
      sink.g = inputGradients[sample].base
      sink.x = source.x
      sink.scale = source.scale
      sink.shift = source.shift
      sink.mean = UnsafePointer(channels[3].base)
      sink.sums = sumsOfAll + sample * 2 * places
      sink.places = Int64(places)
      sink.voxels = source.voxels
      sink.type = type
      sink.activation = source.activation
      sink.accumulates = 1
      sinks.append(sink)
      var gradient = zoo_source()
      gradient.x = UnsafeRawPointer(dy[sample].base)
      gradient.z = UnsafeRawPointer(z[sample].base)
      gradient.slope = UnsafePointer(channels[2].base)
      gradient.voxels = Int64(given.outputs)
      gradient.type = type
      gradients.append(gradient)
      var target = zoo_target()
      target.values = outputs[sample].base
      target.shift = UnsafePointer(channels[4].base)
      target.tallies = tallies + sample * blocks
      target.voxels = gradient.voxels
      target.type = type
      targets.append(target)
    }
  }

  deinit {
    tallies.deallocate()
    sumsOfAll.deallocate()
  }

  /// Whether nothing was written behind what passes only work in.
  var isIntact: Bool { [forward, data, scratch, inputRows, gradientRows].allSatisfy(\.isIntact) }

  /// A sample's mean of every output channel.
  func means(_ sample: Int) -> [Double] {
    var moments = Array(repeating: zoo_moment(), count: blocks * 16)
    zoo_kernels_select().pointee.moments(tallies + sample * blocks, Int64(blocks), &moments)
    return moments.map(\.mean)
  }

  /// A sample's sums for the gradient of a batch norm.
  func sums(_ sample: Int) -> [Double] {
    Array(UnsafeBufferPointer(start: sumsOfAll + sample * 2 * places, count: 2 * places))
  }
}
