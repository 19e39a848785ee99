extension Collection<String> {
  /// The least number of characters, `least` or more, that all can be shortened to without two of them looking alike.
  public func lengthToTellApart(from least: Int) -> Int {
    let (different, longest) = (Set(self), map(\.count).max() ?? 0)
    guard least < longest else { return least }
    return (least...longest).first { length in
      Set(different.map { $0.shortened(to: length) }).count == different.count
    } ?? longest
  }
}

extension String {
  /// The text in so many characters, its middle left out where it is longer.
  public func shortened(to limit: Int) -> String {
    guard count > max(limit, 3) else { return self }
    let kept = max(limit, 3) - 1
    return "\(prefix(kept - kept / 2))…\(suffix(kept / 2))"
  }
}
