import ZooCore

extension DataSource {
  /// One line of what there is: `MedMNIST3D file, 1,158 training, 165 validation, 310 test cases, 28×28×28, 2 classes`.
  ///
  /// A part without a table that can be read is left out: whoever reads it will say what is wrong.
  public var summary: String {
    let train = (try? cases(of: .train, classes: nil).cases) ?? []
    let test = (try? cases(of: .test, classes: nil).cases) ?? []
    let validation = train.count { $0.role == .validation }
    var counts = [(train.count - validation, "training"), (validation, "validation"), (test.count, "test")]
    counts.removeAll { $0.0 == 0 }
    let words = counts.map { "\(grouped($0.0)) \($0.1)" }
    let cases = words.isEmpty ? [] : [words.joined(separator: ", ") + " cases"]
    return ([Self.kind] + cases + traits).joined(separator: ", ")
  }

  /// What the first case's volume is like: what a network is fitted to before anything is decoded. Nil where none can be
  /// read: whoever reads them all will say why.
  public func firstHeader() -> VolumeHeader? {
    for part in DataPart.allCases {
      for item in (try? cases(of: part, classes: nil).cases) ?? [] {
        if let header = try? header(of: item, in: part) { return header }
      }
    }
    return nil
  }

  /// `1,158`
  private func grouped(_ number: Int) -> String {
    number < 1000 ? "\(number)" : grouped(number / 1000) + "," + String("\(1000 + number % 1000)".dropFirst())
  }
}
