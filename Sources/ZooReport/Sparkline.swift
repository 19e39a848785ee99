/// A row of blocks, one a value, from the least to the greatest of those shown: `▁▃▆█`.
public enum Sparkline {
  private static let blocks = Array("▁▂▃▄▅▆▇█")

  /// The last values that fit into so many columns. Equal values stand in the middle; what is no number is `×`.
  public static func text(_ values: [Double], width: Int) -> String {
    let shown = values.suffix(max(0, width))
    let finite = shown.filter(\.isFinite)
    guard let least = finite.min(), let greatest = finite.max() else {
      return String(repeating: "×", count: shown.count)
    }
    return String(
      shown.map { value in
        guard value.isFinite else { return "×" }
        guard greatest > least else { return blocks[blocks.count / 2] }
        // Halved, so that the distance of two finite numbers is one.
        let share = (value / 2 - least / 2) / (greatest / 2 - least / 2)
        return blocks[min(blocks.count - 1, Int(share * Double(blocks.count)))]
      })
  }
}
