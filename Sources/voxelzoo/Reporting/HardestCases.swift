import ZooCore
import ZooData
import ZooExplanation
import ZooFormats
import ZooGraph
import ZooLayers
import ZooModels
import ZooReport
import ZooTraining

/// The cases that a network gets most wrong, as pictures: their slices, and what spoke for the class it called.
struct HardestCases {
  /// How many are shown.
  static let count = 6

  private let predictions: Predictions
  private let runs: [FinishedRun]
  private let data: any DataSource
  private let part: DataPart
  private let layers: Registry<any Layer.Type>
  private let threads: Int

  /// What a network predicted, the trainings behind it, and the part of the data that the cases are of.
  init(
    of predictions: Predictions, by runs: [FinishedRun], in data: any DataSource, _ part: DataPart,
    layers: Registry<any Layer.Type>, threads: Int
  ) {
    (self.predictions, self.runs) = (predictions, runs)
    (self.data, self.part, self.layers, self.threads) = (data, part, layers, threads)
  }

  /// Reads the cases and draws them; what cannot be drawn is left out, and a note says why.
  func views() throws -> (views: [ReportCaseView], notes: [String]) {
    var (views, notes, explainers): ([ReportCaseView], [String], [String: any Explainer]) = ([], [], [:])
    let held = Dictionary(runs.map { ($0.folder.path, Set($0.predictions.names)) }) { first, _ in first }
    for index in try positions() {
      let name = predictions.names[index]
      let judges = part == .test ? runs : runs.filter { held[$0.folder.path]?.contains(name) ?? false }
      guard let architecture = judges.first?.configuration.architecture else { continue }
      do {
        for run in judges where explainers[run.folder.path] == nil {
          let model = try ModelFile.read(RunFolder.modelFile(of: run.folder.path), layers: layers)
          explainers[run.folder.path] = try AttributionMethod.gradCAM().explainer(of: model, threads: threads)
        }
        let sample = try CaseSample(
          reading: data, name: name, part: part, format: SampleFormat(architecture),
          classes: architecture.classes)
        let explainer = MeanExplainer(judges.compactMap { explainers[$0.folder.path] })
        views.append(try view(of: sample, at: index, by: explainer))
      } catch let problem as Problem {
        notes.append("case \(name) is not shown: \(problem)")
      }
    }
    return (views, notes)
  }

  /// Those whose class was found least probable, the worst first; of equals the first of the table.
  private func positions() throws -> [Int] {
    let labels = try predictions.knownLabels()
    let said = zip(predictions.probabilities, labels).map { $0[$1] }
    let order = said.indices.sorted { (said[$0], $0) < (said[$1], $1) }
    return Array(order.filter { said[$0].isFinite }.prefix(HardestCases.count))
  }

  private func view(
    of sample: CaseSample, at index: Int, by explainer: any Explainer
  ) throws -> ReportCaseView {
    let axes = sample.format.size
    let montage = CaseMontage(
      axes: axes, voxels: Array(sample.volume.prefix(axes.reduce(1, *))), mask: sample.mask,
      isOriented: sample.affine != nil)
    let said = predictions.probabilities[index]
    let called = said.indices.max { said[$0] < said[$1] } ?? 0
    let map = try explainer.attribution(of: sample.voxels, label: called)
    let places = zip(["depth", "height", "width"], montage.slices).map { "\($0) \($1 + 1)" }.joined(
      separator: ", ")
    let focus = sample.mask.flatMap(map.share(inside:)).map {
      "; \(Format.fixed(100 * $0, 0)) % of the map lies in the mask"
    }
    return ReportCaseView(
      index: index,
      slices: try picture(
        montage.image(), "Slices of case \(sample.item.name) at \(places), the mask outlined"),
      attribution: try picture(
        montage.image(map: map.peak > 0 ? map.values : nil),
        "\(map.method): what speaks for class \(called) in these slices\(focus ?? "")"))
  }

  private func picture(_ image: PNGImage, _ description: String) throws -> ReportCaseView.Picture {
    ReportCaseView.Picture(
      png: try image.encoded(), description: description, width: image.width, height: image.height)
  }
}
