extension Crop {
  /// Writes a sample between voxels, [C, D, H, W] floats: shifted, rotated, zoomed and bent, not turned or folded.
  ///
  /// Interpolates linearly along the three axes; what lies outside the box is the format's padding. A mask that is a
  /// channel stays one: 255 where it is more than half, else 0. Allocates nothing.
  package func resample(_ geometry: Geometry, _ field: ElasticField?, to target: UnsafeMutablePointer<Float>)
  {
    switch voxels {
    case .bytes(let values):
      values.withUnsafeBufferPointer { resample($0, geometry, field, to: target) { Float($0) } }
    case .words(let values):
      values.withUnsafeBufferPointer { resample($0, geometry, field, to: target) { Float($0) } }
    case .floats(let values):
      values.withUnsafeBufferPointer { resample($0, geometry, field, to: target) { $0 } }
    }
  }

  @inline(__always)
  private func resample<Voxel>(
    _ source: UnsafeBufferPointer<Voxel>, _ geometry: Geometry, _ field: ElasticField?,
    to target: UnsafeMutablePointer<Float>, convert: (Voxel) -> Float
  ) {
    guard let source = source.baseAddress else { return }
    let (size, margin, shift) = (format.size, format.margin, geometry.shift)
    let box = Box(size, margin: margin)
    let centre = SIMD3(Double(size[0] - 1), Double(size[1] - 1), Double(size[2] - 1)) / 2
    let origin =
      centre
      + SIMD3(Double(shift.depth + margin), Double(shift.height + margin), Double(shift.width + margin))
    let (voxelCount, channels, mask) = (size[0] * size[1] * size[2], format.channels, format.maskChannel)
    var index = 0
    for d in 0..<size[0] {
      field?.enter(plane: d)
      for h in 0..<size[1] {
        field?.enter(line: h)
        for w in 0..<size[2] {
          var place = SIMD3(Double(d), Double(h), Double(w)) - centre
          if let field { place += field.displacement(at: w) }
          let position =
            origin + geometry.columns.0 * place.x + geometry.columns.1 * place.y + geometry.columns.2
            * place.z
          for channel in 0..<channels {
            let values = source + channel * box.count
            let isMask = channel == mask
            let value =
              box.holdsNeighbours(of: position)
              ? box.inner(values, position, convert)
              : box.border(values, position, isMask ? 0 : format.padding, convert)
            target[channel * voxelCount + index] = isMask ? (value > 127.5 ? 255 : 0) : value
          }
          index += 1
        }
      }
    }
  }
}

/// The box of voxels that a crop keeps, and how to read between them.
private struct Box {
  let (depth, height, width): (Int, Int, Int)
  private let last: SIMD3<Double>

  init(_ size: [Int], margin: Int) {
    (depth, height, width) = (size[0] + 2 * margin, size[1] + 2 * margin, size[2] + 2 * margin)
    last = SIMD3(Double(depth - 1), Double(height - 1), Double(width - 1))
  }

  /// Voxels of a channel.
  var count: Int { depth * height * width }

  @inline(__always)
  func holdsNeighbours(of p: SIMD3<Double>) -> Bool {
    p.x >= 0 && p.y >= 0 && p.z >= 0 && p.x < last.x && p.y < last.y && p.z < last.z
  }

  /// The value at a position whose eight neighbours are in the box.
  @inline(__always)
  func inner<Voxel>(_ values: UnsafePointer<Voxel>, _ p: SIMD3<Double>, _ convert: (Voxel) -> Float) -> Float
  {
    let (d, h, w) = (Int(p.x), Int(p.y), Int(p.z))
    let (a, b, c) = (Float(p.x - Double(d)), Float(p.y - Double(h)), Float(p.z - Double(w)))
    @inline(__always) func line(_ values: UnsafePointer<Voxel>) -> Float {
      let first = convert(values[0])
      return first + c * (convert(values[1]) - first)
    }
    @inline(__always) func plane(_ values: UnsafePointer<Voxel>) -> Float {
      let first = line(values)
      return first + b * (line(values + width) - first)
    }
    let corner = values + (d * height + h) * width + w
    let first = plane(corner)
    return first + a * (plane(corner + height * width) - first)
  }

  /// The value at a position at the border or beyond, where a neighbour outside has the padding's value.
  func border<Voxel>(
    _ values: UnsafePointer<Voxel>, _ p: SIMD3<Double>, _ padding: Float, _ convert: (Voxel) -> Float
  ) -> Float {
    let low = p.rounded(.down)
    let (d, h, w) = (Int(low.x), Int(low.y), Int(low.z))
    let part = p - low
    var sum: Float = 0
    for corner in 0..<8 {
      let (i, j, k) = (corner >> 2, corner >> 1 & 1, corner & 1)
      let weight =
        Float(i == 1 ? part.x : 1 - part.x) * Float(j == 1 ? part.y : 1 - part.y)
        * Float(k == 1 ? part.z : 1 - part.z)
      let (x, y, z) = (d + i, h + j, w + k)
      let isInside = x >= 0 && y >= 0 && z >= 0 && x < depth && y < height && z < width
      sum += weight * (isInside ? convert(values[(x * height + y) * width + z]) : padding)
    }
    return sum
  }
}

extension SampleFormat {
  /// The channel that the mask is, if it is one.
  var maskChannel: Int? { mask == .channel ? channels - 1 : nil }
}
