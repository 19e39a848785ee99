/// The middle of a volume, with its mask applied: all that training needs of a case, as small as it came.
public struct Crop: Hashable, Sendable {
  /// C · D · H · W values of the format's box; bytes stay bytes.
  enum Voxels: Hashable, Sendable {
    case bytes([UInt8])
    case floats([Float])
  }

  /// What it was made for.
  public let format: SampleFormat
  let voxels: Voxels

  /// Cuts the middle out of a volume of bytes; see `init(floats:axes:mask:format:)`.
  public init(bytes: [UInt8], axes: [Int], mask: [UInt8]?, format: SampleFormat) {
    self.format = format
    if let padding = UInt8(exactly: format.padding) {
      voxels = .bytes(Self.cut(bytes, axes: axes, mask: mask, format: format, padding: padding, full: 255))
    } else {
      let floats = bytes.map(Float.init)
      voxels = .floats(
        Self.cut(floats, axes: axes, mask: mask, format: format, padding: format.padding, full: 255))
    }
  }

  /// Cuts the middle out of a volume: D·H·W values in C order, and a mask of the same size (inside where not zero).
  ///
  /// Along an axis of n voxels the crop starts at ⌊(n − size) / 2⌋; what lies outside the volume has the value of
  /// the format's padding.
  public init(floats: [Float], axes: [Int], mask: [UInt8]?, format: SampleFormat) {
    self.format = format
    voxels = .floats(
      Self.cut(floats, axes: axes, mask: mask, format: format, padding: format.padding, full: 255))
  }

  private static func cut<Voxel: Numeric>(
    _ values: [Voxel], axes: [Int], mask: [UInt8]?, format: SampleFormat, padding: Voxel,
    full: Voxel
  ) -> [Voxel] {
    precondition(axes.count == 3 && axes.reduce(1, *) == values.count, "a volume needs D·H·W values")
    precondition((mask?.count ?? values.count) == values.count, "a mask is as large as its volume")
    let box = format.box
    let channel = box.reduce(1, *)
    var result = [Voxel](repeating: padding, count: channel)
    result += repeatElement(.zero, count: (format.channels - 1) * channel)
    let start = (0..<3).map { format.start(of: axes[$0], along: $0) }
    // The part of each axis of the box that lies inside the volume.
    let inside = (0..<3).map { max(0, -start[$0])..<max(0, -start[$0], min(box[$0], axes[$0] - start[$0])) }
    let masked = format.mask == .ignore ? nil : mask
    for d in inside[0] {
      for h in inside[1] {
        let source = ((d + start[0]) * axes[1] + h + start[1]) * axes[2] + start[2]
        let target = (d * box[1] + h) * box[2]
        for w in inside[2] {
          let isInside = masked.map { $0[source + w] != 0 } ?? true
          result[target + w] = isInside || format.mask != .multiply ? values[source + w] : .zero
          if format.mask == .channel, isInside { result[channel + target + w] = full }
        }
      }
    }
    return result
  }

  /// Writes the sample of a placement, [C, D, H, W] floats, to memory that holds `format.shape.count` of them.
  ///
  /// Allocates nothing; 32³ voxels take some 20 µs.
  public func write(_ placement: Placement, to target: UnsafeMutablePointer<Float>) {
    switch voxels {
    case .bytes(let values):
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
  /// Where the box starts on an axis of n voxels; negative where the volume is smaller.
  func start(of n: Int, along axis: Int) -> Int {
    // A shift to the right rounds down for negative numbers too.
    ((n - size[axis]) >> 1) - margin
  }
}
