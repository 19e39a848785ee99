extension Turn {
  /// This turn's part of so many blocks.
  func share(of blocks: Int) -> Range<Int> { part * blocks / parts..<(part + 1) * blocks / parts }
}
