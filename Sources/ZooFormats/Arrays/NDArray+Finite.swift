import ZooCore

extension NDArray {
  /// The values of a trained parameter; a `Problem` where one is no finite number. `place` is the file and the array in it.
  public func finiteFloats(at place: String) throws -> [Float] {
    let values = floats()
    try values.withUnsafeBufferPointer { try $0.requireFinite(at: place) }
    return values
  }
}

extension UnsafeBufferPointer<Float> {
  /// A `Problem` where one of a trained parameter's values is no finite number. `place` is the file and the array in it.
  ///
  /// Compares magnitudes as integers, which keep their order, many at a time.
  public func requireFinite(at place: String) throws {
    var most: UInt32 = 0
    for value in self { most = Swift.max(most, value.bitPattern & 0x7FFF_FFFF) }
    guard most < Float.infinity.bitPattern else {
      throw Problem(
        "the weights are damaged", at: place, expected: "finite numbers",
        next: "train the model again, or take another file")
    }
  }
}
