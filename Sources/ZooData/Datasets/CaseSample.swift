import ZooCore
public import ZooVolume

/// One case, as a network reads it and as a person looks at it.
public struct CaseSample: Sendable {
  /// The case, with its label where there is one.
  public let item: Case
  /// The part it stands in.
  public let part: DataPart
  /// What the network wants to see.
  public let format: SampleFormat
  /// [C, D, H, W] as the network reads it.
  public let voxels: [Float]
  /// The volume's channels [C, D, H, W] in the same box, the mask not applied.
  public let volume: [Float]
  /// [D, H, W], which voxels are inside the mask; nil where the data have none.
  public let mask: [Bool]?
  /// From a voxel (w, h, d) of the sample to millimetres right, anterior and superior; nil where that is not known.
  public let affine: Affine?

  /// Reads one case by its name, from the first part that has it unless one is given. A `Problem` where there is none.
  public init(
    reading source: any DataSource, name: String, part: DataPart? = nil, format: SampleFormat, classes: Int
  ) throws {
    let (part, item) = try CaseSample.find(name, in: source, part)
    self.part = part
    self.format = format
    // A label is worth telling where there is one; the test part may have none.
    let labelled = try? source.cases(of: part, classes: classes).cases
    self.item = labelled?.first { $0.name == name } ?? item
    let hasMask = try source.header(of: item, in: part).hasMask
    let plain = SampleFormat(
      size: format.size, volumeChannels: format.volumeChannels, mask: hasMask ? .channel : .ignore,
      padding: format.padding, spacing: format.spacing, window: format.window)
    @Sendable func quiet(_: Int, _: Int) {}
    let parts = try source.volumes(
      of: [item], in: part, masks: hasMask || format.mask != .ignore, threads: 1, progress: quiet
    ) { _, volume in
      let volume = try volume.get()
      return (
        try Crop.cut(volume, format: format).crop.values, try Crop.cut(volume, format: plain).crop.values,
        try Crop.affine(of: format, in: volume)
      )
    }
    guard let (voxels, seen, affine) = parts.first else {
      throw Problem("case \"\(name)\" cannot be read", at: source.path)
    }
    let count = format.volumeChannels * format.shape.voxels
    self.voxels = voxels
    volume = Array(seen.prefix(count))
    mask = hasMask ? seen.dropFirst(count).map { $0 > 127.5 } : nil
    self.affine = affine
  }

  private static func find(
    _ name: String, in source: any DataSource, _ asked: DataPart?
  ) throws -> (DataPart, Case) {
    var known: [String] = []
    var failure: (any Error)?
    for part in asked.map({ [$0] }) ?? DataPart.allCases {
      do {
        let cases = try source.cases(of: part, classes: nil).cases
        if let item = cases.first(where: { $0.name == name }) { return (part, item) }
        known += cases.map(\.name)
      } catch { failure = failure ?? error }
    }
    // A part that cannot be read is the reason only where there is no other.
    if known.isEmpty, let failure { throw failure }
    let other = DataPart.allCases.first { other in
      guard asked != nil, other != asked else { return false }
      return (try? source.cases(of: other, classes: nil).cases.contains { $0.name == name }) == true
    }
    throw Problem(
      "there is no case \"\(name)\"" + (asked.map { " in the part \($0.rawValue)" } ?? ""), at: source.path,
      next: other.map { "it is in the part \($0.rawValue): --part \($0.rawValue)" }
        ?? nearest(to: name, in: known).map { "did you mean \"\($0)\"?" }
        ?? known.first.map { "the first is \"\($0)\"" })
  }
}

extension Crop {
  /// The centre's sample, [C, D, H, W].
  fileprivate var values: [Float] {
    [Float](unsafeUninitializedCapacity: format.shape.count) { target, count in
      guard let base = target.baseAddress else { return }
      write(.centre, to: base)
      count = format.shape.count
    }
  }
}
