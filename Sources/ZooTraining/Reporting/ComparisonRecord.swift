public import ZooCore
public import ZooData
import ZooFormats

/// What `comparison.json` says beside its rows: of which data the cases are, and how parts of them are judged alone.
public struct ComparisonRecord: Sendable {
  /// The data set, as it was named; empty where nobody knows.
  public var data = ""
  /// The part of it that the cases are of.
  public var part = DataPart.train
  /// The column that divides the cases, and what each part came to; nil where none was asked for.
  public var subgroups: Subgroups?

  /// Parts of the cases by a column.
  public struct Subgroups: Sendable {
    /// The column of the data's table.
    public let column: String
    /// The parts.
    public let parts: [Part]
  }

  /// Some of the cases, judged alone.
  public struct Part: Sendable {
    /// What they have in common.
    public let name: String
    /// How many there are of each class.
    public let counts: [Int]
    /// For each row its AUC; nil where it is undefined.
    public let aucs: [Double?]
    /// The AUCs' 95 % intervals.
    public let intervals: [ClosedRange<Double>?]
  }

  /// What is said of cases that no comparison has judged yet.
  public init(data: String, part: DataPart = .train) {
    self.data = data
    self.part = part
  }

  /// As it stands in `comparison.json`.
  public var json: [String: JSONValue] { ["data": .string(data), "part": .string(part.rawValue)] }

  /// Reads what a comparison's folder says, of rows with these names.
  init(of folder: ComparisonFolder, rows: [String]) throws {
    let file = folder.resultPath
    var object = try JSONObject(JSONValue(parsing: try Files.read(file), from: file), at: file)
    data = try object.string("data", default: "")
    part =
      DataPart(
        rawValue: try object.choice(
          "part", of: DataPart.allCases.map(\.rawValue), default: DataPart.train.rawValue)) ?? .train
    guard let value = object.value("subgroups"), value != .null else { return }
    var subgroups = try JSONObject(value, at: object.path("subgroups"))
    let place = subgroups.path("parts")
    self.subgroups = Subgroups(
      column: try subgroups.string("column"),
      parts: try subgroups.array("parts").map { try Part($0, rows: rows, at: place) })
  }
}

extension ComparisonRecord.Part {
  fileprivate init(_ value: JSONValue, rows: [String], at place: String) throws {
    var part = try JSONObject(value, at: place)
    var evaluations = try JSONObject(try part.required("evaluations"), at: part.path("evaluations"))
    var counts: [Int] = []
    var figures: [(Double?, ClosedRange<Double>?)] = []
    for row in rows {
      var evaluation = try JSONObject(try evaluations.required(row), at: evaluations.path(row))
      let known = try evaluation.array("class_counts").map { value in
        guard let count = value.wholeNumber, count >= 0 else {
          throw evaluation.wrong("class_counts", value, expected: "counts of cases")
        }
        return count
      }
      if counts.isEmpty { counts = known }
      figures.append((try evaluation.share("auc"), try evaluation.shares("auc_interval")))
    }
    self.init(
      name: try part.string("name"), counts: counts, aucs: figures.map(\.0), intervals: figures.map(\.1))
  }
}

extension JSONObject {
  /// A number from 0 to 1; nil for null.
  fileprivate mutating func share(_ key: String) throws -> Double? {
    try required(key) == .null ? nil : try number(key, in: 0...1)
  }

  /// Two numbers from 0 to 1, the lower first; nil for null.
  fileprivate mutating func shares(_ key: String) throws -> ClosedRange<Double>? {
    let value = try required(key)
    guard value != .null else { return nil }
    guard case .array(let ends) = value, ends.count == 2, case .number(let low) = ends[0],
      case .number(let high) = ends[1], (0...1).contains(low), low <= high, high <= 1
    else { throw wrong(key, value, expected: "[low, high] within 0 and 1") }
    return low...high
  }
}
