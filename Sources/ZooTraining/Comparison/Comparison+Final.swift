public import ZooCore
import ZooData
import ZooFormats
import ZooGraph
import ZooModels

extension Comparison {
  /// Compares on the test part what `run` has compared before; a cross-validation predicts by the mean of its models.
  ///
  /// A table of another program that does not predict all of the test part has no row. The test part needs labels.
  public func final(_ entries: [ComparisonEntry]) throws -> ComparisonResult {
    let (cases, classes) = (try testCases(), try check(entries))
    let contenders = try entries.compactMap { entry -> Contender? in
      if case .table(let path) = entry {
        let table = try Predictions(reading: path, classes: classes)
        guard cases.isPredicted(by: table) else { return nil }
        return try Contender(entry.name, .table, cases.split(cases.aligned(table, at: path)))
      }
      let (paths, fallback) = try models(of: entry)
      guard !paths.isEmpty else { return nil }
      let committee = try Committee(paths)
      let models = try committee.files.map {
        try ModelFile.read($0, layers: registries.layers, fallback: fallback)
      }
      // An ensemble judges in as many views as it was made for.
      let ensemble: EnsembleOrigin? =
        if case .ensemble(let path) = entry { try EnsembleOrigin(of: path) } else { nil }
      let predictor = try Predictor(
        models: models, blending: committee.blending, precision: options.precision,
        kernels: options.kernels, threads: options.threads,
        views: ensemble.flatMap { TestTimeViews(rawValue: $0.views) } ?? .one)
      let predictions = try predictor.predictions(in: data, part: .test, labelled: true)
      let graph = ensemble?.isOneNetwork == false ? nil : models.first?.graph
      let isKnown = try HeldOut.names(by: committee.files, among: predictions.names) != nil
      return try Contender(
        entry.name, isKnown ? .network : .unknown, [OutOfFold(heldBackAtOnce: predictions)],
        parameters: graph?.trainableCount, operations: graph?.multiplyAdds)
    }
    guard let first = contenders.first else {
      throw Problem(
        "nothing to judge on the test part",
        expected: "architectures, runs or files of weights, or tables that predict it",
        found: "tables without its cases", next: "name one of these, or leave out --final")
    }
    return try ComparisonResult(
      contenders,
      beside: MaskBaselines(
        besideTest: first.predictions, from: MaskSurvey(of: data, threads: options.threads)))
  }

  /// Refuses before anything is trained a test part that is good for no judgement: one without labels of every class, or, unless
  /// that was allowed, with nearly the same volumes as the training part. What was allowed is given.
  public func checkTest(_ entries: [ComparisonEntry]) throws -> Problem? {
    try testCases().require(classes: check(entries), at: "the test part of \(data.path)")
    guard let found = try data.duplicatesInTest(threads: options.threads) else { return nil }
    guard options.allowDuplicates else {
      throw Problem(
        found.what, at: found.place, expected: found.expected, found: found.found,
        next: "remove them from one of the parts, or take them as they are: --allow-duplicates")
    }
    return found
  }

  /// How often the test part was looked at with what `final` judges, or by this comparison.
  public func testLooks(_ entries: [ComparisonEntry]) throws -> TestLooks {
    let files = try entries.flatMap { entry -> [String] in
      let paths = try models(of: entry).paths
      return try paths.isEmpty ? [] : Committee(paths).files
    }
    return try TestLooks(of: [out], atModels: files)
  }

  private func testCases() throws -> JudgedCases {
    JudgedCases(heldBackAtOnce: try data.cases(of: .test, classes: Int(Int32.max)).cases)
  }

  /// Where an entry's models lie.
  private func models(of entry: ComparisonEntry) throws -> (paths: [String], fallback: Architecture?) {
    switch entry {
    case .architecture(let architecture):
      let folder = Files.join(out, architecture.name)
      let repeats = plan?.repeats ?? 1
      return (
        repeats == 1
          ? [folder] : (1...repeats).map { Files.join(folder, RepeatedCrossValidation.name(of: $0)) },
        architecture
      )
    case .run(let folder): return ([folder.path], nil)
    case .folds(let folder): return ([folder.path], nil)
    case .repeats(_, let folders): return (folders.map(\.path), nil)
    case .ensemble(let path): return ([path], nil)
    case .weights(let path, let fallback): return ([path], fallback)
    case .table: return ([], nil)
    }
  }
}
