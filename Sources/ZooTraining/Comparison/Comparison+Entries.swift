import ZooCore
import ZooData
import ZooFormats
import ZooGraph
import ZooModels

extension Comparison {
  /// Looks at all entries before anything is trained; gives the number of classes, that of the networks, or of the labels where
  /// there are none.
  func check(_ entries: [ComparisonEntry]) throws -> Int {
    guard !entries.isEmpty else {
      throw Problem(
        "nothing to compare", next: "name architectures or runs: voxelzoo compare densenet resnet18")
    }
    if plan?.inner != nil {
      let networks = entries.count { if case .architecture = $0 { true } else { false } }
      guard networks > 1 else {
        throw Problem(
          "inner folds choose among networks", at: "--nested", expected: "two models to train, or more",
          found: "\(networks)")
      }
      guard options.pseudo == nil else {
        throw Problem(
          "pseudo labels come from models that have seen the inner folds", at: "--nested",
          next: "leave out --nested, or the pseudo labels")
      }
    }
    let names = entries.map(\.name) + BaselineKind.allCases.map(\.rawValue)
    if let twice = names.indices.first(where: { names[..<$0].contains(names[$0]) }) {
      throw Problem(
        "two rows of the comparison have the same name", found: "\"\(names[twice])\"",
        next: "name each once, or rename the folder or the file of one")
    }
    var classes: (name: String, count: Int)?
    for entry in entries {
      guard let count = try self.classes(of: entry) else { continue }
      if let classes, classes.count != count {
        throw Problem(
          "networks with different numbers of classes cannot be compared",
          expected: "\(classes.count) as \(classes.name) has", found: "\(entry.name) with \(count)")
      }
      classes = classes ?? (entry.name, count)
    }
    return try classes?.count ?? data.classes ?? labelledClasses()
  }

  /// How many classes an entry tells apart; nil for a table, which need not say.
  private func classes(of entry: ComparisonEntry) throws -> Int? {
    switch entry {
    case .architecture(let architecture):
      _ = try architecture.graph(registry: registries.layers)
      return architecture.classes
    case .run(let folder): return try folder.open().configuration.architecture.classes
    case .folds(let folder): return try folder.open().outOfFold.predictions.classes
    case .repeats(_, let folders): return try folders[0].open().outOfFold.predictions.classes
    case .ensemble(let path): return try JudgedFolder(path).predictions.classes
    case .weights(let path, let fallback):
      return try ModelFile.read(path, layers: registries.layers, fallback: fallback).architecture.classes
    case .table(let path):
      guard Files.exists(path) else { throw Problem("there is no such file", at: path) }
      return nil
    }
  }

  /// What is there already of an entry; nil where something has to be trained or predicted first.
  func known(_ entry: ComparisonEntry) throws -> Contender? {
    switch entry {
    case .run(let folder):
      let run = try folder.open()
      return try contender(entry.name, of: run, notes: notes(onDataOf: [run], of: entry.name))
    case .folds(let folder): return try contender(entry.name, of: [folder])
    case .repeats(_, let folders): return try contender(entry.name, of: folders)
    case .ensemble(let path):
      let folder = try JudgedFolder(path)
      return try folder.contender(
        entry.name, folds: folder.folds, layers: registries.layers,
        notes: notes(onDataOf: folder.origin?.runs ?? [], of: entry.name))
    case .architecture(let architecture) where plan == nil:
      let wanted = RunConfiguration(
        architecture: architecture, options: try registries.explicit(options), data: data.path,
        trainingCases: 0, validationCases: 0)
      let folder = RunFolder(Files.join(out, architecture.name))
      return try folder.finished(as: wanted, over: digest).map { try contender(entry.name, of: $0) }
    case .architecture, .weights, .table: return nil
    }
  }

  /// A run as a row.
  func contender(_ name: String, of run: FinishedRun, notes: [String] = []) throws -> Contender {
    try Contender(
      name, .network, [OutOfFold(heldBackAtOnce: run.predictions)], parameters: run.parameters,
      operations: run.configuration.architecture.graph(registry: registries.layers).multiplyAdds,
      seconds: run.seconds, runs: [run], notes: notes)
  }

  /// What a person should know of runs that were named, and may have learned from anything; nothing where it was these data.
  private func notes(onDataOf runs: [FinishedRun], of name: String) -> [String] {
    do {
      guard try digest.differs(fromThatOf: runs) else { return [] }
      return [
        "\(name): learned from other data than \(data.path), or from what they were before they changed"
      ]
    } catch {
      return ["\(name): whether it learned from these data is not known: \(error)"]
    }
  }

  /// Cross-validations of one network on several splits as a row; a `Problem` unless they judged the same cases.
  private func contender(_ name: String, of folders: [CrossValidationFolder]) throws -> Contender {
    let opened = try folders.map { try $0.open() }
    let runs = try opened.flatMap(\.runs).map { try $0.folder.open() }
    let cases = JudgedCases(opened.map(\.outOfFold))
    for (folder, one) in zip(folders, opened) {
      let predictions = one.outOfFold.predictions
      try cases.require(names: predictions.names, labels: predictions.labels, at: folder.path)
    }
    return try Contender(
      name, .network, opened.map(\.outOfFold), parameters: runs.first?.parameters,
      operations: runs.first?.configuration.architecture.graph(registry: registries.layers).multiplyAdds,
      seconds: runs.reduce(0) { $0 + $1.seconds }, runs: runs, notes: notes(onDataOf: runs, of: name))
  }

  /// The cases by which what is known already was judged; nil where nothing is.
  func judged(_ contenders: [Contender?]) throws -> JudgedCases? {
    let known = contenders.compactMap(\.self)
    guard let cases = known.first.map(JudgedCases.init) else { return nil }
    for contender in known { try cases.require(contender) }
    return cases
  }

  /// All labelled cases: what tables and weights are judged by where there is nothing else. Nobody knows their folds.
  func labelledCases() throws -> JudgedCases {
    let classes = try data.classes ?? labelledClasses()
    return try JudgedCases(heldBackAtOnce: data.cases(of: .train, classes: classes).cases)
  }

  /// One more than the largest label.
  private func labelledClasses() throws -> Int {
    let labels = try data.cases(of: .train, classes: Int(Int32.max)).cases.compactMap(\.label)
    return max(2, (labels.max() ?? 0) + 1)
  }

  /// Refuses tables and weights that cannot judge these cases, which is known without asking a network.
  func check(_ entries: [ComparisonEntry], against cases: JudgedCases, classes: Int) throws {
    for entry in entries {
      switch entry {
      case .table(let path): _ = try cases.aligned(Predictions(reading: path, classes: classes), at: path)
      case .weights(let path, _): _ = try knowsTeachers(of: path, against: cases)
      case .architecture, .run, .folds, .repeats, .ensemble: break
      }
    }
  }

  /// Whether it is known what taught some weights; a `Problem` if one of these cases did.
  private func knowsTeachers(of path: String, against cases: JudgedCases) throws -> Bool {
    guard let held = try HeldOut.names(by: [path], among: cases.names) else { return false }
    guard held.count == cases.names.count else {
      throw Problem(
        "was trained on cases that this comparison judges by", at: path,
        expected: "weights that none of them taught",
        found: "\(cases.names.count - held.count) of \(cases.names.count) that did",
        next: "name the run's folder, or compare by the cases that it held back")
    }
    return true
  }

  /// What another program, or a file of weights, says of the cases.
  func judging(_ entry: ComparisonEntry, _ cases: JudgedCases, classes: Int) throws -> Contender {
    switch entry {
    case .table(let path):
      let table = try Predictions(reading: path, classes: classes)
      return try Contender(
        entry.name, .table, cases.split(cases.aligned(table, at: path)),
        notes: cases.notes(onCasesBeside: table, of: entry.name))
    case .weights(let path, let fallback):
      let isKnown = try knowsTeachers(of: path, against: cases)
      let model = try ModelFile.read(path, layers: registries.layers, fallback: fallback)
      let predictor = try Predictor(
        models: [model], precision: options.precision, kernels: options.kernels, threads: options.threads)
      let predictions = try predictor.predictions { format in
        try Dataset(
          reading: data, part: .train, format: format, classes: model.architecture.classes,
          threads: options.threads
        ).keeping(Set(cases.names))
      }
      return try Contender(
        entry.name, isKnown ? .network : .unknown, cases.split(cases.aligned(predictions, at: path)),
        parameters: model.graph.trainableCount, operations: model.graph.multiplyAdds)
    case .architecture, .run, .folds, .repeats, .ensemble:
      throw Problem("was not trained", at: entry.name)
    }
  }
}
