import ZooVolume

/// The middle of a volume, with its mask applied: all that training needs of a case, as small as it came.
public struct Crop: Hashable, Sendable {
  /// C · D · H · W values of the format's box; bytes stay bytes.
  enum Voxels: Hashable, Sendable {
    case bytes([UInt8])
    /// Whole numbers of 16 bits: Hounsfield units, as a rule.
    case words([Int16])
    case floats([Float])
  }

  /// What it was made for.
  public let format: SampleFormat
  let voxels: Voxels

  /// Cuts the middle out of a volume of bytes; see `init(floats:axes:mask:format:)`.
  public init(bytes: [UInt8], axes: [Int], mask: [UInt8]?, format: SampleFormat) {
    self.init(bytes: bytes, axes: axes, mask: mask, format: format, start: format.start(of: axes))
  }

  /// Cuts the middle out of a volume: C·D·H·W values in C order, and a mask of D·H·W (inside where not zero).
  ///
  /// Along an axis of n voxels the crop starts at ⌊(n − size) / 2⌋; what lies outside the volume has the value of
  /// the format's padding.
  public init(floats: [Float], axes: [Int], mask: [UInt8]?, format: SampleFormat) {
    self.init(floats: floats, axes: axes, mask: mask, format: format, start: format.start(of: axes))
  }

  /// Cuts a box of bytes that starts at `start`, which may lie outside the volume.
  init(bytes: [UInt8], axes: [Int], mask: [UInt8]?, format: SampleFormat, start: [Int]) {
    guard let padding = UInt8(exactly: format.padding) else {
      self.init(floats: bytes.map(Float.init), axes: axes, mask: mask, format: format, start: start)
      return
    }
    self.init(
      format,
      .bytes(
        Self.cut(bytes, axes: axes, mask: mask, format: format, start: start, padding: padding, full: 255)))
  }

  /// Cuts a box that starts at `start`, which may lie outside the volume; half as large where 16 bits hold every value.
  init(floats: [Float], axes: [Int], mask: [UInt8]?, format: SampleFormat, start: [Int]) {
    let cut = Self.cut(
      floats, axes: axes, mask: mask, format: format, start: start, padding: format.padding, full: 255)
    let words = cut.lazy.map { Int16(exactly: $0) }
    self.init(format, words.allSatisfy { $0 != nil } ? .words(words.compactMap(\.self)) : .floats(cut))
  }

  private init(_ format: SampleFormat, _ voxels: Voxels) {
    self.format = format
    self.voxels = voxels
  }

  private static func cut<Voxel: Numeric>(
    _ values: [Voxel], axes: [Int], mask: [UInt8]?, format: SampleFormat, start: [Int], padding: Voxel,
    full: Voxel
  ) -> [Voxel] {
    let count = axes.reduce(1, *)
    precondition(
      axes.count == 3 && format.volumeChannels * count == values.count, "a volume needs C·D·H·W values")
    precondition((mask?.count ?? count) == count, "a mask is as large as its volume")
    let box = format.box
    let channel = box.reduce(1, *)
    var result = [Voxel](repeating: padding, count: format.volumeChannels * channel)
    result += repeatElement(.zero, count: (format.channels - format.volumeChannels) * channel)
    // The part of each axis of the box that lies inside the volume.
    let inside = (0..<3).map { max(0, -start[$0])..<max(0, -start[$0], min(box[$0], axes[$0] - start[$0])) }
    let masked = format.mask == .ignore ? nil : mask
    for d in inside[0] {
      for h in inside[1] {
        let source = ((d + start[0]) * axes[1] + h + start[1]) * axes[2] + start[2]
        let target = (d * box[1] + h) * box[2]
        for w in inside[2] {
          let isInside = masked.map { $0[source + w] != 0 } ?? true
          for c in 0..<format.volumeChannels {
            result[c * channel + target + w] =
              isInside || format.mask != .multiply ? values[c * count + source + w] : .zero
          }
          if format.mask == .channel, isInside {
            result[format.volumeChannels * channel + target + w] = full
          }
        }
      }
    }
    return result
  }

  /// The centre of it, [C, D, H, W].
  var sample: [Float] {
    let count = format.shape.count
    return [Float](unsafeUninitializedCapacity: count) { buffer, initialized in
      if let start = buffer.baseAddress { write(.centre, to: start) }
      initialized = count
    }
  }

  /// Writes the sample of a placement, [C, D, H, W] floats, to memory that holds `format.shape.count` of them.
  ///
  /// Allocates nothing; 32³ voxels take some 20 µs.
  public func write(_ placement: Placement, to target: UnsafeMutablePointer<Float>) {
    switch voxels {
    case .bytes(let values):
      values.withUnsafeBufferPointer { copy($0, placement, to: target) { Float($0) } }
    case .words(let values):
      values.withUnsafeBufferPointer { copy($0, placement, to: target) { Float($0) } }
    case .floats(let values):
      values.withUnsafeBufferPointer { copy($0, placement, to: target) { $0 } }
    }
  }

  @inline(__always)
  private func copy<Voxel>(
    _ source: UnsafeBufferPointer<Voxel>, _ placement: Placement, to target: UnsafeMutablePointer<Float>,
    convert: (Voxel) -> Float
  ) {
    guard let source = source.baseAddress else { return }
    let walk = Walk(placement, in: format)
    var target = target
    for c in 0..<format.channels {
      let channel = source + (c * walk.channel + walk.start)
      for d in 0..<walk.counts.0 {
        for h in 0..<walk.counts.1 {
          let row = channel + (d * walk.steps.0 + h * walk.steps.1)
          if walk.steps.2 == 1 {
            for w in 0..<walk.counts.2 { target[w] = convert(row[w]) }
          } else {
            for w in 0..<walk.counts.2 { target[w] = convert(row[w * walk.steps.2]) }
          }
          target += walk.counts.2
        }
      }
    }
  }
}

extension SampleFormat {
  /// Where the box of a volume of [D, H, W] starts.
  func start(of axes: [Int]) -> [Int] { (0..<3).map { start(of: axes[$0], along: $0) } }

  /// Where the box starts on an axis of n voxels; negative where the volume is smaller.
  func start(of n: Int, along axis: Int) -> Int {
    // A shift to the right rounds down for negative numbers too.
    ((n - size[axis]) >> 1) - margin
  }
}
