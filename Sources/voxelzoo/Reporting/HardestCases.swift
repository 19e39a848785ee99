import ZooCore
import ZooData
import ZooExplanation
import ZooFormats
import ZooGraph
import ZooLayers
import ZooModels
import ZooReport
import ZooTraining

/// The cases that a network gets most wrong, as pictures: their slices, and what spoke for the most probable class.
struct HardestCases {
  /// How many are shown.
  static let count = 6

  private let predictions: Predictions
  private let judges: CaseJudges
  private let data: any DataSource
  private let part: DataPart
  private let layers: Registry<any Layer.Type>
  private let threads: Int

  /// What was predicted, the models that predicted it, and the part of the data that the cases are of.
  init(
    of predictions: Predictions, by judges: CaseJudges, in data: any DataSource, _ part: DataPart,
    layers: Registry<any Layer.Type>, threads: Int
  ) {
    (self.predictions, self.judges) = (predictions, judges)
    (self.data, self.part, self.layers, self.threads) = (data, part, layers, threads)
  }

  /// A model that is ready to be explained, and what it sees of a case.
  private struct Reader {
    let explainer: any Explainer
    let format: SampleFormat
  }

  /// Reads the cases and draws them; what cannot be drawn is left out, and a note says why.
  func views() throws -> (views: [ReportCaseView], notes: [String]) {
    var (views, readers): ([ReportCaseView], [String: Reader]) = ([], [:])
    var missing: [(reason: String, names: [String])] = []
    for index in try positions() {
      let name = predictions.names[index]
      let models = judges.models(of: name, in: part)
      // Of a table nobody knows the model.
      if models.isEmpty { continue }
      do {
        for model in models where readers[model.path] == nil { readers[model.path] = try reader(model.path) }
        views.append(
          try view(
            of: index, by: models.compactMap { readers[$0.path] }, shares: models.map(\.share)))
      } catch let problem as Problem {
        let reason = "\(problem)"
        if let known = missing.firstIndex(where: { $0.reason == reason }) {
          missing[known].names.append(name)
        } else {
          missing.append((reason, [name]))
        }
      }
    }
    let notes = missing.map { reason, names in
      names.count == 1
        ? "case \(names[0]) is not shown: \(reason)"
        : "cases \(names.joined(separator: ", ")) are not shown: \(reason)"
    }
    return (views, notes)
  }

  private func reader(_ path: String) throws -> Reader {
    let model = try ModelFile.read(RunFolder.modelFile(of: path), layers: layers)
    return Reader(
      explainer: try AttributionMethod.gradCAM().explainer(of: model, threads: threads),
      format: SampleFormat(model.architecture))
  }

  /// Those whose class was found least probable, the worst first; of equals the first of the table.
  private func positions() throws -> [Int] {
    let labels = try predictions.knownLabels()
    let said = zip(predictions.probabilities, labels).map { $0[$1] }
    let order = said.indices.sorted { (said[$0], $0) < (said[$1], $1) }
    return Array(order.filter { said[$0].isFinite }.prefix(HardestCases.count))
  }

  private func view(of index: Int, by readers: [Reader], shares: [Double]) throws -> ReportCaseView {
    let format = readers[0].format
    guard readers.allSatisfy({ $0.format == format }) else {
      throw Problem("its models see samples of different kinds, whose maps have no mean")
    }
    let sample = try CaseSample(
      reading: data, name: predictions.names[index], part: part, format: format, classes: predictions.classes)
    let montage = CaseMontage(
      axes: format.size, voxels: Array(sample.volume.prefix(format.size.reduce(1, *))), mask: sample.mask,
      affine: sample.affine)
    let said = predictions.probabilities[index]
    let likeliest = said.indices.max { said[$0] < said[$1] } ?? 0
    let map = try MeanExplainer(readers.map(\.explainer), shares: shares)
      .attribution(of: sample.voxels, label: likeliest)
    let outlined = sample.mask == nil ? "" : ", the mask outlined"
    let focus = sample.mask.flatMap(map.share(inside:)).map {
      "; \(Format.fixed(100 * $0, 0)) % of the map lies in the mask"
    }
    return ReportCaseView(
      index: index, likeliest: likeliest, places: montage.places, hasMask: sample.mask != nil,
      isSeenInMaskAlone: format.mask == .multiply,
      slices: try picture(
        montage.image(), "Case \(sample.item.name): \(montage.places)\(outlined)"),
      attribution: try picture(
        montage.image(map: map.peak > 0 ? map.values : nil),
        "\(map.method): what speaks for class \(likeliest) in these slices\(focus ?? "")"))
  }

  private func picture(_ image: PNGImage, _ description: String) throws -> ReportCaseView.Picture {
    ReportCaseView.Picture(
      png: try image.encoded(), description: description, width: image.width, height: image.height)
  }
}
