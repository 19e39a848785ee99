import ArgumentParser
import ZooKernels

/// What `--kernels` asks of `bench`: a table of what every kernel takes, or from which kernels the network is made.
enum BenchKernels: ExpressibleByArgument, CustomStringConvertible {
  case table
  case network(KernelChoice)
  /// A word that says neither. The option may stand without one, so the parser does not refuse it.
  case unknown(String)

  init(argument: String) {
    self =
      argument == "table" ? .table : KernelChoice(rawValue: argument).map(Self.network) ?? .unknown(argument)
  }

  static var allValueStrings: [String] { KernelChoice.allCases.map(\.rawValue) + ["table"] }

  var description: String {
    switch self {
    case .table: "table"
    case .network(let choice): choice.rawValue
    case .unknown(let word): word
    }
  }

  /// Refuses a word that says nothing, as the parser does for other options.
  func validate() throws {
    guard case .unknown(let word) = self else { return }
    throw ValidationError(
      "The value '\(word)' is invalid for '--kernels [<kind>]'. Please provide one of 'auto', 'onednn' and 'table', or none."
    )
  }
}
