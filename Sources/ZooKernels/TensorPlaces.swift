internal import CKernels

extension zoo_source {
  /// The same tensor, read from a voxel on.
  func from(_ voxel: Int) -> zoo_source {
    var source = self
    source.x = x + bytes(voxel, type)
    if let z { source.z = z + bytes(voxel, type) }
    return source
  }
}

extension zoo_target {
  /// The same tensor, written from a voxel on.
  func from(_ voxel: Int) -> zoo_target {
    var target = self
    target.values = values + bytes(voxel, type)
    return target
  }
}

extension zoo_sink {
  /// The same tensor, written from a voxel on.
  func from(_ voxel: Int) -> zoo_sink {
    var sink = self
    if let g { sink.g = g + bytes(voxel, type) }
    if let x { sink.x = x + bytes(voxel, type) }
    return sink
  }
}

/// Bytes from a block's first voxel to another.
private func bytes(_ voxel: Int, _ type: Int32) -> Int {
  voxel * 16 * (type == Int32(ZOO_BF16.rawValue) ? 2 : 4)
}
