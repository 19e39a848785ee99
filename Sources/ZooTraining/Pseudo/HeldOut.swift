import ZooCore
import ZooFormats

/// The cases that models did not train on.
public enum HeldOut {
  /// Names of the cases with labels that none of some models' files trained on: what each run, or soup, held back.
  ///
  /// Nil where that is not known of a file, as it is nothing but weights.
  public static func names(by files: [String]) throws -> Set<String>? {
    var held: Set<String>?
    for file in files {
      guard let own = try names(by: file) else { return nil }
      held = held?.intersection(own) ?? own
    }
    return held
  }

  private static func names(by file: String) throws -> Set<String>? {
    let folder = Files.folder(of: file)
    let run = RunFolder(folder)
    if run.isRun, run.modelPath == file { return try column(of: run.validationPath) }
    // A soup, made of runs that all held back what it was judged by.
    guard Files.exists(EnsembleFile.path(of: folder)) else { return nil }
    return try column(of: Files.join(folder, "predictions.csv"))
  }

  private static func column(of table: String) throws -> Set<String> {
    Set(try CSVTable(reading: table).column("name"))
  }
}
