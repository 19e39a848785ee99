extension CommandLine {
  /// The command as it can be typed again in a shell.
  static var typed: String {
    (["voxelzoo"] + arguments.dropFirst()).map(\.shellQuoted).joined(separator: " ")
  }
}
