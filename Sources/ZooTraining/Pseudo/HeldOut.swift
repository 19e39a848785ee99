import ZooCore
import ZooFormats
import ZooModels

/// The cases that models did not train on.
public enum HeldOut {
  /// Names of those among some cases that none of some models' files trained on.
  ///
  /// Nil where that is not known of a file, as it is nothing but weights.
  public static func names(by files: [String], among cases: some Sequence<String>) throws -> Set<String>? {
    var held = Set(cases)
    for file in files {
      if let taught = try ModelFile.trainedOn(of: file) {
        held = held.filter { !taught.contains($0) }
      } else if let own = try names(beside: file) {
        held.formIntersection(own)
      } else {
        return nil
      }
    }
    return held
  }

  /// What the run, or the soup, held back whose file does not say what taught it, as those of earlier versions.
  private static func names(beside file: String) throws -> Set<String>? {
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
