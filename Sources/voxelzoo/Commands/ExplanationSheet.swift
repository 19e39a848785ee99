import ZooCore
import ZooData
import ZooExplanation
import ZooFormats
import ZooReport

/// What came out of an explanation: words for people, JSON for programs, pictures and volumes for viewers.
struct ExplanationSheet {
  /// The networks' names, one a model.
  let models: [String]
  let sample: CaseSample
  let probabilities: [Double]
  let map: Attribution
  let check: RandomisationCheck?

  /// The lines of the terminal.
  var lines: [String] {
    ["case \(sample.item.name) (\(sample.part.rawValue)), \(model): \(verdict)", "\(subject): \(focus)"]
      + (check.map { [text($0)] } ?? [])
  }

  private var model: String {
    let names = models.enumerated().filter { !models[..<$0.offset].contains($0.element) }.map(\.element)
    return names.joined(separator: ", ") + (models.count > 1 ? " (\(models.count) models)" : "")
  }

  /// The lines above the picture.
  private var title: [String] {
    let lines = ["Case \(sample.item.name), \(model): \(verdict)", subject, focus]
    return sample.format.mask == .multiply ? lines + ["The network sees nothing outside the mask."] : lines
  }

  /// What a person should not overlook.
  var warnings: [String] {
    guard let check, !check.isPassed else { return [] }
    return [
      "the map hardly changes with the weights (rank correlation above \(Format.fixed(RandomisationCheck.limit, 1))): it shows the sample, not what the model has learnt"
    ]
  }

  private var verdict: String {
    let label = sample.item.label.map { "true label \($0)" } ?? "true label not known"
    return "P(class \(map.label)) = \(Format.fixed(probabilities[map.label], 4)), \(label)"
  }

  private var subject: String { "\(map.method) for class \(map.label)" }

  /// How much of the map is where the nodule is.
  private var focus: String {
    guard map.peak > 0 else { return "nothing there speaks for the class, the map is 0" }
    let strongest = map.strength.map { "at most \($0)" }
    guard let mask = sample.mask, let share = map.share(inside: mask) else {
      return strongest ?? "there is no mask to hold it against"
    }
    let focus =
      "\(percent(share)) of the map lies in the mask, which fills \(percent(maskShare(mask))) of the sample"
    return strongest.map { "\($0); \(focus)" } ?? focus
  }

  private func maskShare(_ mask: [Bool]) -> Double {
    Double(mask.count { $0 }) / Double(mask.count)
  }

  private func percent(_ share: Double) -> String { "\(Format.fixed(100 * share, 1)) %" }

  private func text(_ check: RandomisationCheck) -> String {
    let (head, all) = (Format.fixed(check.headMedian, 2), Format.fixed(check.allMedian, 2))
    return
      "sanity: rank correlation \(head) with maps of an untrained last layer, \(all) with those of an untrained network (medians of \(check.head.count))"
  }

  /// Writes picture, map, volume and mask into a folder; the files, in this order.
  func write(to folder: String, as method: String) throws -> [String] {
    try Files.makeFolder(folder)
    let name = String(sample.item.name.map { $0 == "/" ? "_" : $0 })
    let base = Files.join(folder, name)
    let own = "\(base)_class\(map.label)_\(method)"
    let axes = map.axes
    let picture = AttributionMontage(
      map, over: Array(sample.volume.prefix(map.values.count)), mask: sample.mask, affine: sample.affine,
      title: title)
    try picture.image().write(to: "\(own).png")
    var volumes = [
      (
        "\(own).nii.gz",
        NIfTIFile.Contents(
          axes: axes, voxels: map.values, affine: sample.affine, window: 0...1,
          description: "voxelzoo: \(subject)")
      ),
      (
        "\(base)_volume.nii.gz",
        NIfTIFile.Contents(
          axes: axes, voxels: sample.volume, affine: sample.affine, description: "voxelzoo: volume")
      ),
    ]
    if let mask = sample.mask {
      volumes.append(
        (
          "\(base)_mask.nii.gz",
          NIfTIFile.Contents(
            axes: axes, voxels: mask.map { $0 ? 1 : 0 }, affine: sample.affine, window: 0...1,
            description: "voxelzoo: mask")
        ))
    }
    for (path, contents) in volumes { try NIfTIFile.write(contents, to: path) }
    return ["\(own).png"] + volumes.map(\.0)
  }

  /// The same for programs.
  func json(files: [String]) -> JSONValue {
    func number(_ value: Double?) -> JSONValue { value.map(JSONValue.number) ?? .null }
    func list(_ values: [Double]) -> JSONValue { .array(values.map(JSONValue.number)) }
    return [
      "model": .string(models[0]), "models": .number(Double(models.count)), "case": .string(sample.item.name),
      "part": .string(sample.part.rawValue),
      "label": number(sample.item.label.map(Double.init)), "probabilities": list(probabilities),
      "class": .number(Double(map.label)), "method": .string(map.method), "peak": .number(Double(map.peak)),
      "measure": map.measure.map(JSONValue.string) ?? .null,
      "share_in_mask": number(sample.mask.flatMap(map.share(inside:))),
      "mask_share": number(sample.mask.map(maskShare)),
      "sanity": check.map {
        [
          "head": list($0.head), "head_median": .number($0.headMedian), "all": list($0.all),
          "all_median": .number($0.allMedian), "limit": .number(RandomisationCheck.limit),
          "passed": .bool($0.isPassed),
        ]
      } ?? .null,
      "files": .array(files.map(JSONValue.string)),
    ]
  }
}
