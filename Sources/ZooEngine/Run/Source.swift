internal import CKernels
import ZooGraph
import ZooVolume

/// A view while it runs: reads a stored tensor through normalisation, activation and dropout, and takes its gradient back.
final class Source {
  let values: Region
  let gradient: Gradient?
  let map: ChannelMap
  let voxels: Int
  let isPlain: Bool
  let isIdentity: Bool
  let norm: NormState?
  /// Sums for the norm's gradient, [sample][2][stored].
  let sums: UnsafeMutablePointer<Double>?
  private let precision: Precision
  private let dropout: View.Dropout?
  private let affine: View.Affine
  /// How the tensor is read, but for where it lies.
  private var template = zoo_source()
  private let state: RunState
  private let blocks: Int
  private let length: Int

  /// Where the gradient of a stored tensor goes.
  struct Gradient {
    let region: Region
    /// Whether something is there already.
    let accumulates: Bool
    /// Places that hold nothing yet although others do.
    let clears: [Range<Int>]
  }

  init(
    _ view: View, storage: Storage, values: Region, gradient: Gradient?, norms: [NormState], state: RunState,
    batch: Int, keepsSums: Bool, memory: inout Carver
  ) {
    self.values = values
    self.gradient = gradient
    self.state = state
    map = storage.map
    voxels = storage.shape.voxels
    isPlain = storage.isPlain
    isIdentity = view.isIdentity
    precision = storage.precision
    dropout = view.dropout
    affine = view.affine
    norm = view.norm.map { norms[$0] }
    sums = norm != nil && keepsSums ? memory.take(batch * 2 * map.stored, of: Double.self) : nil
    // A plain tensor is one block whose voxels are runs of 16 values: what applies to it is the same for all channels.
    blocks = isPlain ? 1 : map.blocks
    length = isPlain ? (map.stored * voxels + 15) / 16 : voxels
    template.voxels = Int64(length)
    template.type = precision.code
    if let norm {
      template.scale = UnsafePointer(norm.scale)
      template.shift = UnsafePointer(norm.shift)
    } else if case .uniform = view.affine {
      template.scale = UnsafePointer(memory.floats(max(16, map.stored)))
      template.shift = UnsafePointer(memory.floats(max(16, map.stored)))
    }
    switch view.activation {
    case nil: template.activation = Int32(ZOO_IDENTITY)
    case .relu: template.activation = Int32(ZOO_RELU)
    case .leakyRelu(let slope):
      template.activation = Int32(ZOO_LEAKY_RELU)
      template.alpha = slope
    case .elu(let alpha):
      template.activation = Int32(ZOO_ELU)
      template.alpha = alpha
    case .sigmoid: template.activation = Int32(ZOO_SIGMOID)
    }
  }

  /// Writes constants; once, when the memory is there.
  func prepare() {
    guard case .uniform(let factor, let offset) = affine, let scale = template.scale,
      let shift = template.shift
    else { return }
    let stored = max(16, map.stored)
    UnsafeMutablePointer(mutating: scale).update(repeating: factor, count: stored)
    UnsafeMutablePointer(mutating: shift).update(repeating: offset, count: stored)
  }

  /// Whether dropout masks what is read in this step.
  var isMasked: Bool { dropout != nil && state.dropoutKey != nil }

  /// The tensor for a kernel that reads it piece by piece; it knows nothing of dropout.
  func stream(_ turn: Turn) -> zoo_source {
    var stream = template
    stream.x = UnsafeRawPointer(values.at(turn))
    return stream
  }

  /// The tensor as the operation sees it: the stored values themselves where nothing changes, else computed into `scratch`.
  func read(_ turn: Turn, into scratch: UnsafeMutablePointer<Float>) -> UnsafePointer<Float> {
    if isIdentity, precision == .f32 {
      return UnsafePointer(values.at(turn).assumingMemoryBound(to: Float.self))
    }
    write(turn, to: scratch)
    return UnsafePointer(scratch)
  }

  /// Computes the tensor as the operation sees it into `whole`.
  func write(_ turn: Turn, to whole: UnsafeMutablePointer<Float>) {
    for block in 0..<blocks {
      read(turn, block: block, from: 0, count: length, into: whole + block * length * 16)
    }
  }

  /// A run of voxels of one block, as the operation sees it.
  func read(_ turn: Turn, block: Int, from first: Int, count: Int, into run: UnsafeMutablePointer<Float>) {
    var stream = stream(turn)
    state.kernels.read(&stream, Int64(block), Int64(first), Int64(count), run)
    mask(run, turn.sample, block, first, count)
  }

  /// Takes back the gradient of what `read` gave. `da` is overwritten where dropout masks it.
  func backward(_ da: UnsafeMutablePointer<Float>, _ turn: Turn) {
    var sink = sink(turn)
    for block in 0..<blocks {
      let run = da + block * length * 16
      mask(run, turn.sample, block, 0, length)
      state.kernels.take(&sink, Int64(block), 0, Int64(length), run)
    }
  }

  /// Where a kernel leaves this sample's gradient piece by piece, made ready to be added to.
  func sink(_ turn: Turn) -> zoo_sink {
    var sink = zoo_sink()
    sink.x = UnsafeRawPointer(values.at(turn))
    sink.scale = template.scale
    sink.shift = template.shift
    sink.voxels = template.voxels
    sink.type = template.type
    sink.activation = template.activation
    sink.alpha = template.alpha
    sink.places = Int64(map.stored)
    if let gradient {
      let g = gradient.region.at(turn)
      for places in gradient.clears {
        let bytes = voxels * precision.bytes
        (g + places.lowerBound * bytes).initializeMemory(
          as: UInt8.self, repeating: 0, count: places.count * bytes)
      }
      sink.g = g
      sink.accumulates = gradient.accumulates ? 1 : 0
    }
    if let sums, let norm {
      let own = sums + turn.sample * 2 * map.stored
      own.update(repeating: 0, count: 2 * map.stored)
      sink.sums = own
      sink.mean = UnsafePointer(norm.mean)
    }
    return sink
  }

  /// Whether a gradient computed by the operation may be written straight where it belongs.
  var takesGradientDirectly: Bool {
    guard let gradient else { return false }
    return isIdentity && precision == .f32 && !gradient.accumulates
  }

  /// Whether the gradient has to go back through this view at all.
  var learns: Bool { gradient != nil || sums != nil }

  private func mask(
    _ run: UnsafeMutablePointer<Float>, _ sample: Int, _ block: Int, _ first: Int, _ count: Int
  ) {
    guard let dropout, let key = state.dropoutKey else { return }
    let own = key &+ (UInt64(dropout.salt) << 32 | UInt64(sample)) &* 0xD6E8_FEB8_6659_FD93
    state.kernels.dropout(
      run, Int64(block), Int64(block * length + first), Int64(count), dropout.rate, dropout.spatial ? 1 : 0,
      own)
  }
}
