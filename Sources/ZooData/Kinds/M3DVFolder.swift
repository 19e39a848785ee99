import ZooCore
public import ZooFormats

/// Where things are in a folder of M3DV layout.
///
/// `train_val.csv` (`name,label`, more columns at will) goes with `train_val/NAME.npz`, `sampleSubmission.csv`
/// (`name,predicted`) with `test/NAME.npz`; the files may lie one folder deeper, `train_val/train_val/NAME.npz`, as
/// archives of the original unpack.
public struct M3DVFolder: Sendable {
  /// The parts of a data set.
  public typealias Part = DataPart

  /// The folder.
  public let path: String

  /// Opens a folder; one that holds neither table nor folder of either part is a `Problem`.
  public init(_ path: String) throws {
    self.path = path
    guard Files.exists(path) else {
      throw Problem(
        "no such folder", at: path,
        next: "make one: voxelzoo data lidc --out DIR or voxelzoo data demo --out DIR")
    }
    guard Files.isFolder(path) else {
      throw Problem("is a file", at: path, expected: "a folder in M3DV layout")
    }
    let known = Part.allCases.flatMap { [$0.tableName, $0.rawValue] }
    guard known.contains(where: { Files.exists(Files.join(path, $0)) }) else {
      throw Problem(
        "not a data set", at: path, expected: "train_val.csv with train_val/NAME.npz",
        next: "name the folder that holds them")
    }
  }

  /// The path of a part's table, whether it is there or not.
  public func tablePath(of part: Part) -> String { Files.join(path, part.tableName) }

  /// Whether a part has its table.
  public func hasTable(of part: Part) -> Bool { Files.exists(tablePath(of: part)) }

  /// `train_val.csv`; a `Problem` if it is missing or no table.
  public func trainTable() throws -> CSVTable { try CSVTable(reading: tablePath(of: .train)) }

  /// `sampleSubmission.csv`; a `Problem` if it is missing or no table.
  public func testTable() throws -> CSVTable { try CSVTable(reading: tablePath(of: .test)) }

  /// The path of the table of the test part's labels, which need not be there.
  public var testLabelsPath: String { Files.join(path, "test_labels.csv") }

  /// The folders a part's files may lie in: the plain one, then the nested one.
  private func folders(of part: Part) -> [String] {
    let plain = Files.join(path, part.rawValue)
    return [plain, Files.join(plain, part.rawValue)]
  }

  /// The path of a case's file: the plain one, or the nested one if only that exists. It need not exist.
  public func file(of name: String, in part: Part) -> String {
    let paths = folders(of: part).map { Files.join($0, name + ".npz") }
    return paths.first { Files.exists($0) } ?? paths[0]
  }

  /// The names of the cases a part has files for, sorted; none if it has no folder.
  public func names(in part: Part) -> [String] {
    let entries = folders(of: part).flatMap { (try? Files.list($0)) ?? [] }
    return Set(entries.filter { $0.hasSuffix(".npz") }.map { String($0.dropLast(4)) }).sorted()
  }
}

extension DataPart {
  /// The name of the part's table in M3DV layout.
  public var tableName: String { self == .train ? "train_val.csv" : "sampleSubmission.csv" }
}
