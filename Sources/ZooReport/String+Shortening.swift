extension String {
  /// The text in so many characters, its middle left out where it is longer.
  public func shortened(to limit: Int) -> String {
    guard count > max(limit, 3) else { return self }
    let kept = max(limit, 3) - 1
    return "\(prefix(kept - kept / 2))…\(suffix(kept / 2))"
  }
}
