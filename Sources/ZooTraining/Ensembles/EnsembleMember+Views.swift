import ZooCore
import ZooData
import ZooGraph
import ZooModels

extension EnsembleMember {
  /// The member with the cases that were held back judged again in several views, each by the runs that held it back.
  ///
  /// The training part is read once for each kind of crop. A case that the data do not have is a `Problem`.
  func judged(
    in views: TestTimeViews, of data: any DataSource, layers: Registry<any Layer.Type>, threads: Int
  ) throws -> EnsembleMember {
    var datasets: [SampleFormat: Dataset] = [:]
    var rows: [String: [[Double]]] = [:]
    for run in runs {
      let model = try ModelFile.read(run.folder.modelPath, layers: layers)
      let options = run.configuration.options
      let predictor = try Predictor(
        models: [model], precision: options.precision, kernels: options.kernels, threads: threads,
        batch: options.batch, views: views)
      let held = Set(run.predictions.names)
      let judged = try predictor.predictions { format in
        let whole =
          try datasets[format]
          ?? Dataset(
            reading: data, part: .train, format: format, classes: predictor.classes, threads: threads)
        datasets[format] = whole
        return whole.keeping(held)
      }
      for (name, row) in zip(judged.names, judged.probabilities) { rows[name, default: []].append(row) }
    }
    let means = try predictions.names.map { name -> [Double] in
      guard let all = rows[name], let first = all.first else {
        throw Problem(
          "case \"\(name)\" is not in the data", at: data.path, expected: "the cases that \(path) held back",
          next: "name the data that it was trained on: --data DIR")
      }
      return first.indices.map { k in all.reduce(0) { $0 + $1[k] } / Double(all.count) }
    }
    var member = self
    member.predictions = Predictions(
      names: predictions.names, labels: predictions.labels, probabilities: means)
    return member
  }
}
