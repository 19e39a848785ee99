public import ZooFormats

extension ModelFile {
  /// All arrays of a file of weights by their names, whatever network they are of; nothing but the file itself is checked.
  public static func arrays(of path: String) throws -> [String: NDArray] {
    try SafetensorsFile(reading: path).tensors
  }
}
