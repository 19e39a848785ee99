import ArgumentParser

/// Whether a person wants to hear of more than the result.
struct QuietOption: ParsableArguments {
  @Flag(help: "Print results and warnings only.")
  var quiet = false

  /// Writes a remark, if it is wanted.
  func note(_ line: String) { if !quiet { Console.note(line) } }

  /// Progress of something that takes a while, if it is wanted: `writing`.
  func progress(_ label: String = "") -> Progress { Progress(label, isQuiet: quiet) }
}
