public import ZooCore

/// Cases and the crops of their volumes, in memory.
public struct Dataset: Sendable {
  /// Where it came from, for messages.
  public let place: String
  /// The cases, in their table's order.
  public let cases: [Case]
  /// What every sample looks like.
  public let format: SampleFormat
  /// Things that are odd but do no harm: empty masks.
  public let warnings: [Problem]
  let crops: [Crop]
  /// What tells copies of a case's volume, whatever the format takes of it.
  let sketches: [VolumeSketch]
  let duplicates = FoundDuplicates()
  /// What the part that was read holds, in one number: `DataDigest`; nil where nobody has asked.
  public var digest: String?

  /// A data set of crops, one a case, all of one format.
  public init(
    place: String, cases: [Case], crops: [Crop], format: SampleFormat, warnings: [Problem] = []
  ) {
    let sketches = crops.map { VolumeSketch($0.sample, axes: format.size) }
    self.init(
      place: place, cases: cases, crops: crops, sketches: sketches, format: format, warnings: warnings)
  }

  /// The same with sketches of whole volumes, one a case.
  init(
    place: String, cases: [Case], crops: [Crop], sketches: [VolumeSketch], format: SampleFormat,
    warnings: [Problem]
  ) {
    precondition(cases.count == crops.count && crops.allSatisfy { $0.format == format }, "a crop a case")
    precondition(cases.allSatisfy { ($0.label ?? 0) >= 0 }, "classes are counted from 0")
    self.place = place
    self.cases = cases
    self.crops = crops
    self.sketches = sketches
    self.format = format
    self.warnings = warnings
  }

  /// Writes a case's sample, [C, D, H, W] floats, to memory that holds `format.shape.count` of them; allocates nothing.
  public func write(_ index: Int, _ placement: Placement, to target: UnsafeMutablePointer<Float>) {
    crops[index].write(placement, to: target)
  }

  /// The labels of some cases, in their order; a `Problem` names the first case without one.
  public func labels(of indices: some Sequence<Int>) throws -> [Int] {
    try indices.map { index in
      guard let label = cases[index].label else {
        throw Problem("case \"\(cases[index].name)\" has no label", at: place)
      }
      return label
    }
  }

  /// This data set with others' volumes behind its own, as far as there are pseudo labels for them, by their names.
  public func adding(_ others: Dataset, labelledBy labels: [String: PseudoLabel]) -> Dataset {
    precondition(others.format == format, "samples of one format")
    let labelled = others.cases.indices.filter { labels[others.cases[$0].name] != nil }
    let added = labelled.compactMap { index in
      labels[others.cases[index].name].map { others.cases[index].labelled(by: $0) }
    }
    return Dataset(
      place: place, cases: cases + added, crops: crops + labelled.map { others.crops[$0] },
      sketches: sketches + labelled.map { others.sketches[$0] }, format: format,
      warnings: warnings + others.warnings)
  }

  /// The cases of some names alone.
  public func keeping(_ names: Set<String>) -> Dataset {
    let kept = cases.indices.filter { names.contains(cases[$0].name) }
    return Dataset(
      place: place, cases: kept.map { cases[$0] }, crops: kept.map { crops[$0] },
      sketches: kept.map { sketches[$0] }, format: format, warnings: warnings)
  }

  /// The class a case belongs to, or most likely does; a `Problem` for one without any label.
  func likeliestClass(of index: Int) throws -> Int {
    try cases[index].pseudo?.likeliest ?? labels(of: CollectionOfOne(index))[0]
  }

  /// Makes sure that an AUC can be taken over some cases: both classes have to be among them.
  public func requireTwoClasses(among indices: some Sequence<Int>) throws {
    let classes = Set(try labels(of: indices))
    guard classes.count >= 2 else {
      throw Problem(
        "AUC is undefined", at: place, expected: "cases of two classes",
        found: classes.first.map { "class \($0) only" } ?? "no cases", next: "add cases of another class")
    }
  }
}
