import ZooCore
import ZooFormats

/// A MedMNIST3D file: one `.npz` with `train_images` (N×D×H×W, or N×C×D×H×W), `train_labels` (N×1), and the same for `val`
/// and `test`.
///
/// Its split is official: `train` teaches, `val` judges, `test` is the test part. Cases are called `train_0`, `val_0`,
/// `test_0` by their position. There are no masks. Source: Yang et al., MedMNIST v2, Scientific Data 2023.
public struct MedMNISTFile: DataSource {
  /// `MedMNIST3D file`
  public static let kind = "MedMNIST3D file"
  /// What the file holds.
  public static let layout = "an .npz file with train_images and train_labels"

  /// The file.
  public let path: String
  /// One more than the greatest label.
  public let classes: Int?
  private let arrays: [String: VolumeHeader]
  private let labels: [String: [Int]]

  /// The arrays' prefixes of each part.
  private static let prefixes: [DataPart: [String]] = [.train: ["train", "val"], .test: ["test"]]

  /// Opens a `.npz` file that holds `train_images`; labels are read and held against the images at once.
  public init?(recognizing path: String) throws {
    guard path.hasSuffix(".npz"), !Files.isFolder(path) else { return nil }
    let file = try NPZFile(reading: path)
    guard file.names.contains("train_images") else { return nil }
    self.path = path
    var arrays: [String: VolumeHeader] = [:]
    var labels: [String: [Int]] = [:]
    for prefix in Self.prefixes.values.joined() where file.names.contains(prefix + "_images") {
      let (header, count) = try Self.header(of: prefix, in: file)
      arrays[prefix] = header
      labels[prefix] = try Self.labels(of: prefix, in: file, count: count)
    }
    self.arrays = arrays
    self.labels = labels
    classes = max(2, (labels.values.joined().max() ?? 0) + 1)
    if let train = arrays["train"],
      let other = arrays.first(where: { $0.value.axes != train.axes || $0.value.channels != train.channels })
    {
      throw Problem(
        "images of different sizes", at: "\(path): \(other.key)_images",
        expected: NDArray.text(of: train.axes), found: NDArray.text(of: other.value.axes))
    }
  }

  private static func header(of prefix: String, in file: NPZFile) throws -> (VolumeHeader, count: Int) {
    let place = "\(file.path): \(prefix)_images"
    let (type, shape) = try file.header(prefix + "_images")
    // Colour is the last axis of MedMNIST's images.
    let isFlat = shape.count == 4 && shape[3] <= 4 && shape[1] > 4
    guard [4, 5].contains(shape.count), shape.dropFirst().allSatisfy({ $0 > 0 }), type != .bool, !isFlat
    else {
      throw Problem(
        "no volumes", at: place, expected: "numbers, N×D×H×W",
        found: "\(type.rawValue) \(NDArray.text(of: shape))",
        next: shape.count == 3 || isFlat ? "images of two dimensions are no data for these networks" : nil)
    }
    let header = VolumeHeader(
      type: type, channels: shape.count == 5 ? shape[1] : 1, axes: Array(shape.suffix(3)), hasMask: false,
      isScaled: false, hasSpacing: false)
    return (header, shape[0])
  }

  private static func labels(of prefix: String, in file: NPZFile, count: Int) throws -> [Int] {
    let place = "\(file.path): \(prefix)_labels"
    let array = try file.array(prefix + "_labels")
    guard array.shape == [count, 1] || array.shape == [count] else {
      throw Problem(
        "wrong shape", at: place, expected: "\(count)×1, a label a case", found: NDArray.text(of: array.shape)
      )
    }
    let labels = try array.int64s().map { Int($0) }
    guard let wrong = labels.firstIndex(where: { !(0..<65_536).contains($0) }) else { return labels }
    throw Problem(
      "wrong label", at: "\(place)[\(wrong)]", expected: "a class from 0", found: "\(labels[wrong])")
  }

  /// Size and number of classes.
  public var traits: [String] {
    let size = arrays["train"].map { ($0.channels > 1 ? "\($0.channels)×" : "") + NDArray.text(of: $0.axes) }
    return [size ?? "", "\(classes ?? 2) classes"]
  }

  /// The cases by their position in the file.
  public func cases(of part: DataPart, classes: Int?) throws -> CaseList {
    let cases = try (Self.prefixes[part] ?? []).flatMap { prefix in
      try (labels[prefix] ?? []).enumerated().map { row, label in
        if let classes, label >= classes {
          throw Problem(
            "wrong label", at: "\(path): \(prefix)_labels[\(row)]",
            expected: "a whole number from 0 to \(classes - 1)", found: "\(label)")
        }
        return Case(
          name: "\(prefix)_\(row)", label: classes == nil ? nil : label,
          role: prefix == "train" ? .training : prefix == "val" ? .validation : nil)
      }
    }
    guard !cases.isEmpty else {
      throw Problem("has no cases", at: path, expected: "\(part == .train ? "train" : "test")_images")
    }
    return CaseList(place: path, cases: cases)
  }

  /// All cases share one file.
  public func file(of item: Case, in part: DataPart) -> String? { nil }

  /// The same for all cases.
  public func header(of item: Case, in part: DataPart) throws -> VolumeHeader {
    guard let header = arrays[String(item.name.prefix { $0 != "_" })] else {
      throw Problem("no such case", at: path, found: item.name)
    }
    return header
  }

  /// Decodes the file's arrays volume by volume on the calling thread: a compressed array cannot be entered in its middle.
  public func volumes<Output: Sendable>(
    of cases: [Case], in part: DataPart, masks: Bool, threads: Int,
    progress: @Sendable (_ done: Int, _ all: Int) -> Void,
    work: @Sendable (_ index: Int, _ volume: Result<Volume, any Error>) throws -> Output
  ) throws -> [Output] {
    var positions = Dictionary(cases.enumerated().map { ($1.name, $0) }) { first, _ in first }
    var outputs = [Output?](repeating: nil, count: cases.count)
    func finish(_ name: String, _ volume: Result<Volume, any Error>) throws {
      guard let position = positions.removeValue(forKey: name) else { return }
      outputs[position] = try work(position, volume)
      progress(cases.count - positions.count, cases.count)
    }
    let file = try NPZFile(reading: path, limit: 1 << 30)
    for prefix in Self.prefixes[part] ?? [] where arrays[prefix] != nil {
      var failure: (any Error)?
      do {
        try file.forEachPart(of: prefix + "_images") { row, array in
          let name = "\(prefix)_\(row)"
          guard positions[name] != nil else { return }
          let result = Result {
            try refuseMask(masks)
            return try Volume(voxels: StoredVoxels(array, at: "\(path): \(prefix)_images[\(row)]"), mask: nil)
          }
          do { try finish(name, result) } catch {
            failure = error
            throw error
          }
        }
      } catch {
        if let failure { throw failure }
        // The archive is damaged from here on.
        for row in labels[prefix]?.indices ?? 0..<0 { try finish("\(prefix)_\(row)", .failure(error)) }
      }
    }
    return outputs.compactMap(\.self)
  }

  private func refuseMask(_ wanted: Bool) throws {
    guard wanted else { return }
    throw Problem(
      "there are no masks", at: path, next: "take a model that reads none, or train with --mask ignore")
  }
}
