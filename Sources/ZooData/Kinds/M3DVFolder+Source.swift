import ZooFormats

extension M3DVFolder: FileDataSource {
  /// `M3DV folder`
  public static var kind: String { "M3DV folder" }
  /// What the folder holds.
  public static var layout: String { "a folder with train_val.csv and train_val/NAME.npz" }

  /// Opens a folder that holds a table or a folder of either part.
  public init?(recognizing path: String) throws {
    // A folder "test" beside a folder "train" belongs to another kind.
    let known = DataPart.allCases.map(\.tableName) + ["train_val", "test"]
    let found = known.filter { Files.exists(Files.join(path, $0)) }
    guard Files.isFolder(path), !found.isEmpty, found != ["test"] || !Files.exists(Files.join(path, "train"))
    else {
      return nil
    }
    try self.init(path)
  }

  /// Labels alone tell.
  public var classes: Int? { nil }
  /// Nothing: volumes may differ.
  public var traits: [String] { [] }

  /// The cases of a part in their table's order; the test part's labels are those of `test_labels.csv`.
  public func cases(of part: DataPart, classes: Int?) throws -> CaseList {
    switch part {
    case .train: return try CaseTable(table: trainTable()).cases(classes: classes)
    case .test:
      let list = try CaseTable(table: testTable()).cases(classes: nil)
      guard let classes else { return list }
      return try CaseTable(table: CSVTable(reading: testLabelsPath)).labelling(list, classes: classes)
    }
  }

  /// `NAME.npz` of a case.
  public func file(of item: Case, in part: DataPart) -> String? { file(of: item.name, in: part) }

  /// What stands in the archive before the voxels.
  public func header(of item: Case, in part: DataPart) throws -> VolumeHeader {
    try CaseFile(path: file(of: item.name, in: part)).header(mask: true)
  }

  /// Decodes `voxel`, and `seg` where asked for.
  public func volume(of item: Case, in part: DataPart, mask: Bool) throws -> Volume {
    try CaseFile(path: file(of: item.name, in: part)).volume(mask: mask)
  }
}
