import ArgumentParser
import ZooCore
import ZooData
import ZooFormats
import ZooGraph
import ZooLayers
import ZooTraining
import ZooVolume

/// `voxelzoo augment preview`: what an augmentation makes of a case, as a picture.
struct AugmentPreviewCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "preview",
    abstract: "Draw a case and what an augmentation makes of it, as PNG.",
    discussion: """
      A column each: the case as it is, then the samples of as many epochs. Rows are the centre slices across depth, height \
      and width; the mask's outline is drawn, of several channels the first. Steps that mix samples take the table's next cases.
      """)

  @OptionGroup var data: DataOption

  @Option(help: ArgumentHelp("The case's name (default: the table's first).", valueName: "name"))
  var `case`: String?

  @Option(help: ArgumentHelp("The part of the data set.", valueName: "part"))
  var part = DataPart.train

  @OptionGroup var augmentation: AugmentationOption

  @Option(help: ArgumentHelp("Variants to draw, 1 to 64.", valueName: "n"))
  var count = 8

  @Option(
    help: ArgumentHelp(
      "Size of the sample: N voxels along each axis, or D,H,W (default: 32).", valueName: "n|d,h,w"))
  var size: InputSize?

  @Option(help: ArgumentHelp("Pixels along a voxel, 1 to 32.", valueName: "n"))
  var scale = 4

  @Option(help: ArgumentHelp("The root of all that is drawn.", valueName: "s"))
  var seed: UInt64 = 0

  @Option(help: ArgumentHelp("The picture to write.", valueName: "png"))
  var out: String

  @OptionGroup var threads: ThreadOptions

  @OptionGroup var output: JSONOption

  func run() throws {
    for (name, value, limit) in [("--count", count, 64), ("--scale", scale, 32)]
    where !(1...limit).contains(value) {
      throw Problem("out of range", at: name, expected: "1 to \(limit)", found: "\(value)")
    }
    let registries = try TrainingRegistries(layers: Registry(layers: BuiltInLayers.list))
    let steps = try registries.augmentation(augmentation.value(), at: augmentation.place)
    let axes = size?.axes ?? [32, 32, 32]
    let source = try data.open()
    let header = source.firstHeader()
    let dataset = try read(
      source,
      SampleFormat(
        size: axes, volumeChannels: header?.channels ?? 1, mask: header?.hasMask == true ? .channel : .ignore,
        margin: steps.margin(of: axes)))
    let first = try position(in: dataset)
    // A mixing step wants others: those that follow in the table.
    let cases = (0..<min(steps.mixes ? 8 : 1, dataset.cases.count)).map { (first + $0) % dataset.cases.count }
    let root = Seed(seed).child("batches")
    var samples = try draw(dataset, cases, .none, epochs: 1...1, seed: root)
    samples += try draw(dataset, cases, steps, epochs: 1...count, seed: root)
    try SliceMontage(size: axes, scale: scale, samples: samples).image().write(to: out)
    try Console.print(
      "case \(dataset.cases[first].name) and \(count) variant\(count == 1 ? "" : "s"), written to \(out)")
  }

  private func read(_ source: any DataSource, _ format: SampleFormat) throws -> Dataset {
    let progress = Progress("reading")
    defer { progress.clear() }
    return try Dataset(
      reading: source, part: part, format: format, classes: nil, threads: threads.count()
    ) { progress.update($0, of: $1) }
  }

  private func position(in dataset: Dataset) throws -> Int {
    guard let name = self.case else { return 0 }
    guard let position = dataset.cases.firstIndex(where: { $0.name == name }) else {
      throw Problem(
        "there is no case \"\(name)\"", at: dataset.place,
        next: nearest(to: name, in: dataset.cases.map(\.name)).map { "did you mean \"\($0)\"?" })
    }
    return position
  }

  /// The samples of the first of some cases, one an epoch, as a training with this seed sees them.
  private func draw(
    _ dataset: Dataset, _ cases: [Int], _ steps: Augmentation, epochs: ClosedRange<Int>, seed: Seed
  ) throws -> [SliceMontage.Sample] {
    let classes = max(2, 1 + (dataset.cases.compactMap(\.label).max() ?? 0))
    let loader = try BatchLoader(
      BatchSource(
        dataset, indices: cases, batchSize: cases.count, classes: classes, augmentation: steps,
        order: .asGiven,
        seed: seed), ahead: false)
    var samples: [SliceMontage.Sample] = []
    for epoch in epochs {
      loader.forEachBatch(ofEpoch: epoch) { batch in
        let voxels = batch.voxels[..<dataset.format.shape.count]
        let count = dataset.format.size.reduce(1, *)
        samples.append(
          SliceMontage.Sample(
            voxels: Array(voxels[..<count]),
            mask: dataset.format.mask == .channel ? voxels.suffix(count).map { $0 > 127.5 } : []))
      }
    }
    return samples
  }
}
