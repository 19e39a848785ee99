import ArgumentParser

/// How a table is printed.
struct TableOutput: ParsableArguments {
  @Flag(help: "Print the result as JSON.")
  var json = false

  @Flag(help: "Print the table as CSV.")
  var csv = false

  @Flag(help: "Print the table as Markdown.")
  var markdown = false

  func validate() throws {
    guard [json, csv, markdown].count(where: { $0 }) <= 1 else {
      throw ValidationError("--json, --csv and --markdown exclude each other.")
    }
  }
}
