import ArgumentParser
import ZooTraining

/// Whether a person wants to hear of more than the result.
struct QuietOption: ParsableArguments {
  @Flag(help: "Print results and warnings only.")
  var quiet = false

  /// Writes a remark, if it is wanted.
  func note(_ line: String) { if !quiet { Console.note(line) } }

  /// Says how often the test part was looked at; from the second time on it is a warning, which is always wanted.
  func note(_ looks: TestLooks) {
    switch looks.count {
    case 0: break
    case 1: note("look 1 at the test part")
    default:
      Console.note(
        "warning: look \(looks.count) at the test part: what is chosen by these figures is flattered by them")
    }
  }

  /// Progress of something that takes a while, if it is wanted: `writing`.
  func progress(_ label: String = "") -> Progress { Progress(label, isQuiet: quiet) }
}
