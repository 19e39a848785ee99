import ZooVolume

/// A tensor that is kept in memory: a buffer of its own, or a run of channels inside the buffer of a concatenation.
struct Storage: Sendable {
  let id: Int
  let shape: Shape
  let map: ChannelMap
  /// [C][D][H][W] without blocks: the network's input before a first convolution.
  let isPlain: Bool
  /// The concatenation it is part of, and the place of its first channel there.
  var parent: (storage: Int, place: Int)?
  /// How its values and gradients are kept.
  var precision = Precision.f32
  /// Whether anything before it learns (or the input's gradient was asked for).
  var needsGradient: Bool

  /// Floats of one sample.
  var count: Int { map.stored * shape.voxels }

  /// Bytes of one sample.
  var bytes: Int { count * precision.bytes }
}
