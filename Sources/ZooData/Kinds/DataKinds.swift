import ZooCore
import ZooFormats

/// The kinds of data sets there are.
public struct DataKinds: Sendable {
  /// The kinds in the order in which a path is offered to them.
  public let list: [any DataSource.Type]

  /// Kinds of one's own may stand before or behind the built-in ones.
  public init(_ list: [any DataSource.Type]) { self.list = list }

  /// Those that come with the zoo.
  public static let builtIn = DataKinds([
    M3DVFolder.self, MedMNISTFile.self, VolumeTable.self, ClassFolders.self,
  ])

  /// Opens a path as the first kind that knows it; a `Problem` names what would have been known.
  public func open(_ path: String) throws -> any DataSource {
    guard Files.exists(path) else {
      throw Problem(
        "no such file or folder", at: path,
        next: "make a data set: voxelzoo data lidc --out DIR or voxelzoo data demo --out DIR")
    }
    for kind in list {
      if let source = try kind.init(recognizing: path) { return source }
    }
    throw Problem(
      "not a data set", at: path,
      expected: list.map { "\($0.layout) (\($0.kind))" }.joined(separator: ", or "),
      next: "name the folder or file that holds them")
  }
}
