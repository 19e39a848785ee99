import FoundationEssentials
import Testing
import ZooCore
import ZooData
import ZooFormats
import ZooGraph
import ZooLayers
import ZooModels
import ZooTraining

/// Volumes of 12³ voxels of noise: class k has a ball of radius 2 + k in the middle that is brighter, its mask.
struct Blobs {
  var count = 48
  var classes = 2
  var seed = 1
  /// Whether the mask is the ball, or the whole volume.
  var hasMask = true
  /// Whether the labels have anything to do with the volumes.
  var isSeparable = true

  static let axes = [12, 12, 12]

  /// Voxels, mask and label of case `index`.
  func volume(_ index: Int) -> (voxels: [UInt8], mask: [UInt8], label: Int) {
    var draws = Seed(UInt64(seed)).child("blob").child(index).stream()
    let label = index % classes
    let drawn = isSeparable ? label : draws.index(below: classes)
    let radius = 2 + Double(drawn) + 0.4 * draws.unit()
    var (voxels, mask): ([UInt8], [UInt8]) = ([], [])
    for d in 0..<12 {
      for h in 0..<12 {
        for w in 0..<12 {
          let distance = [d, h, w].reduce(0.0) { $0 + (Double($1) - 5.5) * (Double($1) - 5.5) }
          let isInside = distance <= radius * radius
          voxels.append(UInt8((isInside ? 130 : 20) + draws.index(below: 60)))
          mask.append(isInside || !hasMask ? 1 : 0)
        }
      }
    }
    return (voxels, mask, label)
  }

  /// Ids; two cases a patient.
  func cases() -> [Case] {
    (0..<count).map { Case(name: "case\($0)", label: volume($0).label, patient: "p\($0 / 2 / classes)") }
  }

  /// The cases as a data set in memory.
  func dataset(_ format: SampleFormat) -> Dataset {
    let crops = (0..<count).map { index in
      let (voxels, mask, _) = volume(index)
      return Crop(bytes: voxels, axes: Blobs.axes, mask: mask, format: format)
    }
    return Dataset(place: "blobs", cases: cases(), crops: crops, format: format)
  }

  /// The cases as a folder in M3DV layout; the test part holds the first five again, in another order.
  func write(to path: String) throws -> M3DVFolder {
    for part in ["train_val", "test"] { try Files.makeFolder(Files.join(path, part)) }
    var rows: [[String]] = []
    for (index, one) in cases().enumerated() {
      let (voxels, mask, label) = volume(index)
      let arrays = [
        (name: "voxel", array: NDArray(shape: Blobs.axes, uint8: voxels)),
        (name: "seg", array: NDArray(shape: Blobs.axes, bool: mask.map { $0 != 0 })),
      ]
      try NPZFile.write(arrays, to: "\(path)/train_val/\(one.name).npz", compressed: true)
      if index < 5 { try NPZFile.write(arrays, to: "\(path)/test/\(one.name).npz", compressed: true) }
      rows.append([one.name, "\(label)", one.patient ?? ""])
    }
    try CSVTable.write(header: ["name", "label", "patient"], rows: rows, to: "\(path)/train_val.csv")
    let order = [3, 0, 4, 1, 2]
    try CSVTable.write(
      header: ["name", "predicted"], rows: order.map { ["case\($0)", "0.5"] },
      to: "\(path)/sampleSubmission.csv")
    return try M3DVFolder(path)
  }
}

/// A network of two small convolutions with batch norm and dropout, for crops of 8³.
func tinyNetwork(
  _ name: String = "tiny", filters: Int = 6, classes: Int = 2, sigmoid: Bool = false,
  mask: String = "multiply"
) throws -> Architecture {
  try Architecture.parse(
    [
      "name": .string(name), "classes": .number(Double(classes)), "l2": 1e-4,
      "input": ["size": 8, "mask": .string(mask)],
      "layers": [
        ["type": "scale", "factor": 0.0078125, "offset": -1],
        ["type": "conv3d", "name": "one", "filters": .number(Double(filters)), "kernel": 3, "bias": false],
        ["type": "batch_norm", "name": "norm"], ["type": "relu"], ["type": "max_pool3d"],
        ["type": "conv3d", "name": "two", "filters": 8, "kernel": 3], ["type": "relu"],
        ["type": "global_avg_pool"], ["type": "dropout", "rate": 0.1],
        ["type": "dense", "name": "head", "units": .number(sigmoid ? 1 : Double(classes))],
        ["type": sigmoid ? "sigmoid" : "softmax"],
      ],
    ], at: "tiny.json")
}

/// Everything that is built in.
func builtIn() throws -> TrainingRegistries {
  try TrainingRegistries(layers: Registry(layers: BuiltInLayers.list))
}

/// Options for a training of seconds.
func quickOptions() -> TrainingOptions {
  var options = TrainingOptions()
  options.epochs = 6
  options.batch = 8
  options.learningRate = 0.01
  options.validationShare = 0.25
  options.seed = 3
  options.calibrationBatches = 3
  return options
}

/// A trainer over blobs, split by the options.
func trainer(
  _ blobs: Blobs = Blobs(), _ architecture: Architecture? = nil, options: TrainingOptions = quickOptions(),
  split: Split? = nil
) throws -> Trainer {
  let architecture = try architecture ?? tinyNetwork()
  let registries = try builtIn()
  let format = try Trainer.sampleFormat(for: architecture, options: options, registries: registries)
  let dataset = blobs.dataset(format)
  return try Trainer(
    architecture: architecture, dataset: dataset, split: try split ?? options.split(of: dataset),
    options: options, registries: registries)
}

/// Runs `body` with a new folder that is removed afterwards.
func withFolder<T>(_ body: (String) throws -> T) throws -> T {
  let path = FileManager.default.temporaryDirectory.appending(path: "zoo-training-\(UUID().uuidString)").path
  try Files.makeFolder(path)
  defer { try? FileManager.default.removeItem(atPath: path) }
  return try body(path)
}

/// Expects `body` to throw a `Problem` of one line with all the parts in it.
func expectProblem<T>(
  _ parts: String..., sourceLocation: SourceLocation = #_sourceLocation, _ body: () throws -> T
) {
  do {
    _ = try body()
    Issue.record("no problem, expected one with \(parts)", sourceLocation: sourceLocation)
  } catch let problem as Problem {
    let line = "\(problem)"
    #expect(!line.contains("\n"), sourceLocation: sourceLocation)
    for part in parts where !line.contains(part) {
      Issue.record("\"\(line)\" does not say \"\(part)\"", sourceLocation: sourceLocation)
    }
  } catch {
    Issue.record("\(error) is no Problem", sourceLocation: sourceLocation)
  }
}
