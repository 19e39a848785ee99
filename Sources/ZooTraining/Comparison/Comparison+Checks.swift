import ZooCore
import ZooData
import ZooFormats
import ZooModels

extension Comparison {
  /// What is to be done for an entry.
  enum Step {
    case finished(FinishedRun)
    case training(Architecture, RunFolder)
  }

  /// Looks at all entries before anything is trained.
  func check(_ entries: [Entry]) throws -> [Step] {
    guard !entries.isEmpty else {
      throw Problem(
        "nothing to compare", next: "name architectures or runs: voxelzoo compare densenet resnet18")
    }
    let names = entries.map(\.name) + [ComparisonResult.shapeName]
    if let twice = names.indices.first(where: { names[..<$0].contains(names[$0]) }) {
      throw Problem(
        "two rows of the comparison have the same name", found: "\"\(names[twice])\"",
        next: "name each once, or rename a run's folder")
    }
    let steps = try entries.map(step)
    var classes: (name: String, count: Int)?
    for (entry, step) in zip(entries, steps) {
      let count: Int
      switch step {
      case .finished(let run): count = run.configuration.architecture.classes
      case .training(let architecture, _):
        _ = try architecture.graph(registry: registries.layers)
        count = architecture.classes
      }
      if let classes, classes.count != count {
        throw Problem(
          "networks with different numbers of classes cannot be compared",
          expected: "\(classes.count) as \(classes.name) has", found: "\(entry.name) with \(count)")
      }
      classes = classes ?? (entry.name, count)
    }
    return steps
  }

  private func step(for entry: Entry) throws -> Step {
    switch entry {
    case .run(let folder): return .finished(try folder.open())
    case .architecture(let architecture):
      let folder = RunFolder(Files.join(out, architecture.name))
      let wanted = RunConfiguration(
        architecture: architecture, options: try registries.explicit(options), data: data.path,
        trainingCases: 0, validationCases: 0)
      if let run = try folder.finished(as: wanted) { return .finished(run) }
      return .training(architecture, folder)
    }
  }

  /// Runs can be compared only where they were judged by the same cases.
  func requireSameCases(_ runs: [FinishedRun], names: [String], labels: [Int?]) throws {
    for run in runs where run.predictions.names != names || run.predictions.labels != labels {
      throw Problem(
        "the run was validated on other cases", at: run.folder.path,
        expected: "the \(names.count) that this comparison validates on",
        next: "train all with the same data, seed and fold")
    }
  }
}
