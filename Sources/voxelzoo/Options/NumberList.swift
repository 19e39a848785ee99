import ArgumentParser

/// Numbers with commas between them: `-1000,400`.
struct NumberList: ExpressibleByArgument {
  let numbers: [Double]

  init?(argument: String) {
    let parts = argument.split(separator: ",", omittingEmptySubsequences: false).map { Double($0) }
    numbers = parts.compactMap(\.self)
    guard numbers.count == parts.count, numbers.allSatisfy(\.isFinite) else { return nil }
  }
}
