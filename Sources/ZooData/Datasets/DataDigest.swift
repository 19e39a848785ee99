import ZooCore
import ZooFormats

/// What a training learns from in one number, taken when first asked for and kept: SHA-256 of the training part's names, labels,
/// patients and roles, and of the bytes of all files behind them.
///
/// Nothing is decoded, and where the data lie does not count, nor do other columns of their table.
public final class DataDigest {
  private let data: any DataSource
  private let threads: Int
  private var known: String?

  /// A digest of nothing yet.
  public init(of data: any DataSource, threads: Int) {
    self.data = data
    self.threads = threads
  }

  /// 64 hexadecimal digits.
  public func value() throws -> String {
    if let known { return known }
    let cases = try data.cases(of: .train, classes: Int(Int32.max)).cases
    let files = cases.map { data.files(of: $0, in: .train) }
    let distinct = Array(Set(files.joined()))
    let digests = try Parallel.map(distinct, threads: threads) { try Files.sha256(of: $0) }
    let contents = Dictionary(uniqueKeysWithValues: zip(distinct, digests))
    let rows = zip(cases, files).map { item, files -> JSONValue in
      let fields: [String?] = [item.name, item.label.map { "\($0)" }, item.patient, item.role?.rawValue]
      let all: [String?] = fields + files.map { contents[$0] }
      return .array(all.map { $0.map { JSONValue.string($0) } ?? .null })
    }
    let digest = Files.sha256(of: Array(JSONValue.array(rows).text().utf8))
    known = digest
    return digest
  }
}
