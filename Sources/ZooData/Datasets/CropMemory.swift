import ZooCore
import ZooFormats

/// What a part of a data set takes in memory, known before it is read.
public struct CropMemory: Sendable {
  /// Bytes of all crops with their margins.
  public let crops: Int
  /// Bytes of the volumes that are decoded at one time.
  public let decoding: Int

  /// The forecast for so many cases like the one of a header.
  init(cases: Int, header: VolumeHeader, format: SampleFormat, threads: Int) {
    let box = format.channels * format.box.reduce(1, *)
    let isKept = !header.isScaled && format.window == nil && format.spacing == nil
    var size = 4
    if isKept, header.type == .uint8, UInt8(exactly: format.padding) != nil {
      size = 1
    } else if isKept, [.bool, .int8, .uint8, .int16].contains(header.type),
      Int16(exactly: format.padding) != nil
    {
      size = 2
    }
    crops = cases.multipliedReportingOverflow(by: box * size).partialValue
    // The stored bytes, what they are decoded from, and the mask.
    decoding = (2 * header.bytes + header.bytes / max(1, header.channels)) * min(threads, cases)
  }

  /// Crops and volumes.
  public var total: Int { crops + decoding }

  /// Refuses what does not fit into `available` bytes.
  func requireFit(in available: Int?, at place: String) throws {
    guard let available, total > available else { return }
    func text(_ bytes: Int) -> String { "\((bytes + 99_999_999) / 100_000_000 * 100) MB" }
    throw Problem(
      "the data do not fit into memory", at: place, expected: "at most \(text(available)), which are free",
      found: "\(text(total)): \(text(crops)) of crops, \(text(decoding)) to decode them",
      next: "choose a smaller --size, fewer --threads, or less augmentation by shifts")
  }
}

extension DataSource {
  /// What reading a part takes; nil where no case can be looked at.
  public func memory(of part: DataPart, format: SampleFormat, threads: Int) -> CropMemory? {
    guard let cases = try? cases(of: part, classes: nil).cases, let header = firstHeader() else { return nil }
    return CropMemory(cases: cases.count, header: header, format: format, threads: threads)
  }
}
