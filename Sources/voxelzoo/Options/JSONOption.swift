import ArgumentParser

/// Whether the result is for programs.
struct JSONOption: ParsableArguments {
  @Flag(help: "Print the result as JSON.")
  var json = false
}
