public import ZooData

/// In how many views a case is judged: its probabilities are the mean over them.
public enum TestTimeViews: Int, CaseIterable, Sendable {
  /// As it is.
  case one = 1
  /// The 8 mirrorings about the centre planes.
  case mirrorings = 8
  /// The 48 symmetries of the cube, those of them that keep the crop's shape.
  case symmetries = 48

  /// The views of crops of [D, H, W], the case as it is first.
  public func symmetries(of size: [Int]) -> [CubeSymmetry] {
    (0..<rawValue).map { CubeSymmetry($0) }.filter { $0.preserves(size) }
  }
}
