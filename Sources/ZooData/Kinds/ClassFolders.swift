import ZooCore
import ZooFormats

/// A folder for each class with its volumes in it (`.nii`, `.nii.gz`, `.npy`, `.npz`): `DIR/benign/a.nii.gz`. The classes are
/// numbered in the order of their names.
///
/// With folders `train` and, if there are any, `val` and `test` above them the split is the data's own.
public struct ClassFolders: FileDataSource {
  /// `folder per class`
  public static let kind = "folder per class"
  /// What the folder holds.
  public static let layout = "a folder with a folder of volumes for each class"

  /// The folder.
  public let path: String
  /// The classes in their order.
  public let names: [String]
  private let hasParts: Bool

  /// Opens a folder with two or more folders in it that hold volumes.
  public init?(recognizing path: String) throws {
    guard Files.isFolder(path) else { return nil }
    hasParts = Files.isFolder(Files.join(path, "train"))
    names = try ClassFolders.classes(in: hasParts ? Files.join(path, "train") : path)
    guard names.count >= 2 else { return nil }
    self.path = path
    for part in ["val", "test"] where hasParts && Files.isFolder(Files.join(path, part)) {
      let others = try ClassFolders.classes(in: Files.join(path, part)).filter { !names.contains($0) }
      guard let other = others.first else { continue }
      throw Problem(
        "a class that is not in train", at: Files.join(Files.join(path, part), other),
        expected: names.joined(separator: ", "))
    }
  }

  /// Folders that hold volumes, sorted.
  private static func classes(in folder: String) throws -> [String] {
    try Files.list(folder).filter { name in
      let inner = Files.join(folder, name)
      return Files.isFolder(inner)
        && (try? Files.list(inner))?.contains { VolumeFile.stem(of: $0) != nil } == true
    }
  }

  /// How many folders there are.
  public var classes: Int? { names.count }
  /// What the classes are called.
  public var traits: [String] {
    ["\(names.count) classes: " + names.enumerated().map { "\($0) = \($1)" }.joined(separator: ", ")]
  }

  /// The files of a part, class after class, by name; each is called by its path without its end.
  public func cases(of part: DataPart, classes: Int?) throws -> CaseList {
    let groups: [(folder: String, role: Case.Role?)] =
      switch (hasParts, part) {
      case (false, .train): [("", nil)]
      case (false, .test): []
      case (true, .train): [("train", .training), ("val", .validation)]
      case (true, .test): [("test", nil)]
      }
    var cases: [Case] = []
    for group in groups where Files.isFolder(Files.join(path, group.folder)) {
      for (label, name) in names.enumerated() {
        let inner = group.folder.isEmpty ? name : Files.join(group.folder, name)
        guard Files.isFolder(Files.join(path, inner)) else { continue }
        for file in try Files.list(Files.join(path, inner)) {
          guard let stem = VolumeFile.stem(of: file) else { continue }
          let own = Files.join(inner, file)
          cases.append(
            Case(
              name: Files.join(inner, stem), label: classes == nil ? nil : label, role: group.role,
              columns: ["file": own, "class": name]))
        }
      }
    }
    if let classes, classes < names.count {
      throw Problem(
        "more classes than the network has", at: path, expected: "\(classes)", found: "\(names.count)")
    }
    guard !cases.isEmpty else {
      throw Problem(
        "has no cases of part \(part.rawValue)", at: path,
        expected: part == .train ? "volumes in folders of classes" : "a folder test beside train")
    }
    let repeated = Dictionary(grouping: cases, by: \.name).first { $0.value.count > 1 }
    if let repeated {
      throw Problem(
        "two files of one name", at: Files.join(path, repeated.key),
        found: repeated.value.compactMap { $0.columns["file"] }.joined(separator: ", "),
        next: "rename one of them")
    }
    return CaseList(place: path, cases: cases)
  }

  /// The case's file.
  public func file(of item: Case, in part: DataPart) -> String? {
    Files.join(path, item.columns["file"] ?? "")
  }

  /// The header of the case's file.
  public func header(of item: Case, in part: DataPart) throws -> VolumeHeader {
    try VolumeFile.header(of: Files.join(path, item.columns["file"] ?? ""), mask: nil)
  }

  /// Decodes the volume; only an `.npz` holds a mask.
  public func volume(of item: Case, in part: DataPart, mask: Bool) throws -> Volume {
    try VolumeFile.volume(of: Files.join(path, item.columns["file"] ?? ""), mask: nil, masked: mask)
  }
}
