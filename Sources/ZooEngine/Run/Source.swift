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
  private let dropout: View.Dropout?
  private var prologue: zoo_prologue
  private let state: RunState
  private let blocks: Int64
  private let length: Int64

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
    dropout = view.dropout
    norm = view.norm.map { norms[$0] }
    sums = norm != nil && keepsSums ? memory.take(batch * 2 * map.stored, of: Double.self) : nil
    // A plain tensor is one block whose voxels are runs of 16 values: what applies to it is the same for all channels.
    blocks = isPlain ? 1 : Int64(map.blocks)
    length = Int64(isPlain ? (map.stored * voxels + 15) / 16 : voxels)
    prologue = zoo_prologue(scale: nil, shift: nil, activation: Int32(ZOO_IDENTITY), alpha: 0)
    if let norm {
      prologue.scale = UnsafePointer(norm.scale)
      prologue.shift = UnsafePointer(norm.shift)
    } else if case .uniform = view.affine {
      let stored = max(16, map.stored)
      let scale = memory.floats(stored)
      let shift = memory.floats(stored)
      prologue.scale = UnsafePointer(scale)
      prologue.shift = UnsafePointer(shift)
    }
    affine = view.affine
    switch view.activation {
    case nil: break
    case .relu: prologue.activation = Int32(ZOO_RELU)
    case .leakyRelu(let slope):
      prologue.activation = Int32(ZOO_LEAKY_RELU)
      prologue.alpha = slope
    case .elu(let alpha):
      prologue.activation = Int32(ZOO_ELU)
      prologue.alpha = alpha
    case .sigmoid: prologue.activation = Int32(ZOO_SIGMOID)
    }
  }

  private let affine: View.Affine

  /// Writes constants; once, when the memory is there.
  func prepare() {
    guard case .uniform(let factor, let offset) = affine, let scale = prologue.scale,
      let shift = prologue.shift
    else { return }
    let stored = max(16, map.stored)
    UnsafeMutablePointer(mutating: scale).update(repeating: factor, count: stored)
    UnsafeMutablePointer(mutating: shift).update(repeating: offset, count: stored)
  }

  /// The tensor as the operation sees it: the stored values themselves where nothing changes, else computed into `scratch`.
  func read(sample: Int, worker: Int, into scratch: UnsafeMutablePointer<Float>) -> UnsafePointer<Float> {
    if isIdentity { return UnsafePointer(values.at(sample: sample, worker: worker)) }
    write(sample: sample, worker: worker, to: scratch)
    return UnsafePointer(scratch)
  }

  /// Computes the tensor as the operation sees it into `target`.
  func write(sample: Int, worker: Int, to target: UnsafeMutablePointer<Float>) {
    state.kernels.apply(values.at(sample: sample, worker: worker), target, blocks, length, &prologue)
    mask(target, sample: sample)
  }

  /// Adds the tensor as the operation sees it to `target`.
  func add(
    sample: Int, worker: Int, to target: UnsafeMutablePointer<Float>, scratch: UnsafeMutablePointer<Float>
  ) {
    if dropout != nil, state.dropoutKey != nil {
      write(sample: sample, worker: worker, to: scratch)
      state.kernels.add(scratch, target, blocks * length * 16)
    } else {
      state.kernels.apply_add(values.at(sample: sample, worker: worker), target, blocks, length, &prologue)
    }
  }

  /// Takes back the gradient of what `read` gave. `da` is overwritten where dropout masks it.
  func backward(_ da: UnsafeMutablePointer<Float>, sample: Int, worker: Int) {
    mask(da, sample: sample)
    if let gradient {
      for places in gradient.clears {
        let start = gradient.region.at(sample: sample, worker: worker) + places.lowerBound * voxels
        start.update(repeating: 0, count: places.count * voxels)
      }
    }
    state.kernels.apply_backward(
      da, values.at(sample: sample, worker: worker), gradient?.region.at(sample: sample, worker: worker),
      gradient?.accumulates ?? false ? 1 : 0, blocks, length, &prologue, norm.map { UnsafePointer($0.mean) },
      sums.map { $0 + sample * 2 * map.stored })
  }

  /// Whether a gradient computed by the operation may be written straight where it belongs.
  var takesGradientDirectly: Bool {
    guard let gradient else { return false }
    return isIdentity && !gradient.accumulates
  }

  /// Whether the gradient has to go back through this view at all.
  var learns: Bool { gradient != nil || sums != nil }

  /// Whether `backward` changes what it is given.
  var overwrites: Bool { dropout != nil && state.dropoutKey != nil }

  private func mask(_ values: UnsafeMutablePointer<Float>, sample: Int) {
    guard let dropout, let key = state.dropoutKey else { return }
    let own = key &+ (UInt64(dropout.salt) << 32 | UInt64(sample)) &* 0xD6E8_FEB8_6659_FD93
    state.kernels.dropout(values, blocks, length, dropout.rate, dropout.spatial ? 1 : 0, own)
  }
}
