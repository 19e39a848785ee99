import ArgumentParser

/// How much memory a network may take: `2G`, `1500M` or a number of bytes.
struct MemoryLimit: ExpressibleByArgument {
  let bytes: Int

  init?(argument: String) {
    let units: [Character: Int] = ["K": 1_000, "M": 1_000_000, "G": 1_000_000_000]
    let unit = argument.last.flatMap { units[Character($0.uppercased())] }
    guard let value = Double(unit == nil ? argument[...] : argument.dropLast()), value > 0,
      value < 1e9 || unit == nil,
      value * Double(unit ?? 1) < 1e15
    else { return nil }
    bytes = Int(value * Double(unit ?? 1))
  }
}

/// `--memory`.
struct MemoryOption: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Bytes the network may take, as 2G or 1500M; training then computes some layers twice (default: what the machine has).",
      valueName: "size"))
  var memory: MemoryLimit?
}
