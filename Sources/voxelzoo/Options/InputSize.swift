import ArgumentParser

/// Voxels of a sample along each axis: `32`, or `24,32,32` for depth, height, width.
struct InputSize: ExpressibleByArgument {
  /// [D, H, W]
  let axes: [Int]

  init?(argument: String) {
    let parts = argument.split(separator: ",", omittingEmptySubsequences: false).map { Int($0) }
    let numbers = parts.compactMap(\.self)
    guard numbers.count == parts.count, [1, 3].contains(numbers.count) else { return nil }
    axes = numbers.count == 1 ? [numbers[0], numbers[0], numbers[0]] : numbers
  }
}
