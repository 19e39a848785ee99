import ZooCore

extension NDArray {
  /// The values of a trained parameter; a `Problem` where one is no finite number. `place` is the file and the array in it.
  public func finiteFloats(at place: String) throws -> [Float] {
    let values = floats()
    guard values.allSatisfy(\.isFinite) else {
      throw Problem(
        "the weights are damaged", at: place, expected: "finite numbers",
        next: "train the model again, or take another file")
    }
    return values
  }
}
