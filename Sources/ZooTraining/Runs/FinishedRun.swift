import ZooCore
import ZooData
import ZooFormats
import ZooModels

/// A run that has come to its end, as its folder tells it.
public struct FinishedRun: Sendable {
  /// Where it lies.
  public let folder: RunFolder
  /// What it was.
  public let configuration: RunConfiguration
  /// The predictions of what it delivers for the validation cases, with their labels.
  public let predictions: Predictions
  /// How good they are.
  public let evaluation: Evaluation
  /// The epochs whose weights, or the mean of them, it delivers; counted from 1, rising.
  public let keptEpochs: [Int]
  /// Epochs that were trained.
  public let epochs: Int
  /// Values that training changed.
  public let parameters: Int
  /// Wall time of all epochs.
  public let seconds: Double
}

extension RunFolder {
  /// Reads the configuration of a run, finished or not; anything else is a `Problem`.
  public func configuration() throws -> RunConfiguration {
    guard isRun else {
      throw Problem(
        "not a run", at: path, expected: "a folder that voxelzoo train has written", found: "no config.json")
    }
    return try RunConfiguration(
      JSONValue(parsing: try Files.read(configPath), from: configPath), at: configPath)
  }

  /// Reads a finished run; one that is not finished is a `Problem`.
  public func open() throws -> FinishedRun {
    let configuration = try configuration()
    guard isFinished else {
      throw Problem(
        "the run is not finished", at: path, found: "no result.json",
        next: Files.exists(checkpointPath)
          ? "the command that began it goes on where it stopped" : "train it again")
    }
    let predictions = try Predictions(reading: validationPath, classes: configuration.architecture.classes)
    var result = try JSONObject(
      JSONValue(parsing: try Files.read(resultPath), from: resultPath), at: resultPath)
    let evaluation: Evaluation
    do {
      evaluation = try Evaluation(predictions)
    } catch let problem as Problem {
      throw problem.inside(validationPath)
    }
    return FinishedRun(
      folder: self, configuration: configuration, predictions: predictions, evaluation: evaluation,
      keptEpochs: try keptEpochs(&result),
      epochs: try result.integer("epochs", in: 1...Int(Int32.max)),
      parameters: try result.integer("parameters", in: 0...Int(1e15)),
      seconds: try result.number("seconds", in: 0...1e12))
  }

  /// The averaged epochs, or the best one.
  private func keptEpochs(_ result: inout JSONObject) throws -> [Int] {
    let best = try result.integer("best_epoch", in: 1...Int(Int32.max))
    let averaged = try result.array("averaged_epochs").compactMap { value -> Int? in
      guard case .number(let epoch) = value else { return nil }
      return Int(exactly: epoch)
    }
    return averaged.isEmpty ? [best] : averaged
  }

  /// The run that is finished in this folder; nil where one may be trained into it.
  ///
  /// A finished run that is not what is wanted is a `Problem`, and so is one whose data have changed since, or a folder that
  /// holds anything else.
  func finished(as wanted: RunConfiguration, over data: DataDigest) throws -> FinishedRun? {
    guard isFinished else {
      try checkIsFree(replacing: false)
      return nil
    }
    let run = try open()
    if let difference = run.configuration.difference(
      to: try wanted.over(data, ifKnownTo: run.configuration))
    {
      guard difference != RunConfiguration.otherData else {
        throw Problem(
          "holds a finished run that learned from other data", at: path,
          expected: "the cases and volumes that \(wanted.data) holds now",
          next: "choose another folder, or remove this one")
      }
      throw Problem(
        "holds a finished run with other options", at: path, found: "another \(difference)",
        next: "choose another folder, or remove this one")
    }
    return run
  }
}
