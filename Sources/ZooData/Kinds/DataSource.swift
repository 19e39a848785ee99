public import ZooFormats

/// A data set on the disk: where its cases are listed, and how their volumes are read.
///
/// A new kind is a type of its own and a line in `DataKinds.builtIn`.
public protocol DataSource: Sendable {
  /// What the kind is called: `M3DV folder`.
  static var kind: String { get }
  /// What a path of this kind is, for the message about one that is of none.
  static var layout: String { get }

  /// Opens a path; nil where it is of another kind. A `Problem` says what is wrong with one that is of this kind.
  init?(recognizing path: String) throws

  /// The path, as it was named.
  var path: String { get }
  /// K, where the data themselves say how many classes there are; nil where only labels tell.
  var classes: Int? { get }
  /// What else is worth a word: `28×28×28`, `2 classes`.
  var traits: [String] { get }

  /// The cases of a part, without a look at their volumes. `classes` bounds the labels; nil reads none. Asking for
  /// labels where a part has none is a `Problem`.
  func cases(of part: DataPart, classes: Int?) throws -> CaseList

  /// The file that a case's volume has to itself; nil where all share one.
  func file(of item: Case, in part: DataPart) -> String?

  /// All files that a case's volume and mask are read from.
  func files(of item: Case, in part: DataPart) -> [String]

  /// What is known of a case's volume before anything is decoded.
  func header(of item: Case, in part: DataPart) throws -> VolumeHeader

  /// Reads volumes and gives what `work` makes of each, in the order of the cases. `work` hears of a volume that cannot be
  /// read as of any other, from any thread, and what it throws ends the reading: the error of the earliest case counts.
  /// Without `masks` no mask is read.
  func volumes<Output: Sendable>(
    of cases: [Case], in part: DataPart, masks: Bool, threads: Int,
    progress: @Sendable (_ done: Int, _ all: Int) -> Void,
    work: @Sendable (_ index: Int, _ volume: Result<Volume, any Error>) throws -> Output
  ) throws -> [Output]
}

extension DataSource {
  /// The case's own file, or the one that all share.
  public func files(of item: Case, in part: DataPart) -> [String] { [file(of: item, in: part) ?? path] }
}

/// What a file says of a volume before it is decoded.
public struct VolumeHeader: Hashable, Sendable {
  /// What a voxel is stored as.
  public let type: ElementType
  /// C
  public let channels: Int
  /// [D, H, W]
  public let axes: [Int]
  /// Whether there is a mask.
  public let hasMask: Bool
  /// Whether stored numbers have to be scaled to be values.
  public let isScaled: Bool
  /// Whether a voxel's place in the body is known, so that it can be brought to another spacing.
  public let hasSpacing: Bool

  /// Bytes of the decoded volume.
  var bytes: Int { type.bytes(shape: [channels] + axes) ?? .max }
}
