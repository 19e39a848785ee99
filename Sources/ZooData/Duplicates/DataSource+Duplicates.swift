public import ZooCore

extension DataSource {
  /// What is wrong with a test part that holds nearly the same volumes as the training part; nil where none is found, and where
  /// there is no training part.
  ///
  /// Volumes are compared as `Dataset.nearDuplicates` does, by their local patterns; what cannot be read is left to whoever
  /// needs it.
  public func duplicatesInTest(threads: Int) throws -> Problem? {
    guard let train = try sketches(of: .train, threads: threads) else { return nil }
    guard let test = try sketches(of: .test, threads: threads) else { return nil }
    var pairs: [(test: String, train: String)] = []
    for one in test {
      guard let copy = train.first(where: { one.sketch.overlap(with: $0.sketch) >= VolumeSketch.copy }) else {
        continue
      }
      pairs.append((one.name, copy.name))
    }
    guard let first = pairs.first else { return nil }
    return Problem(
      "nearly the same volume in the test part and in the training part", at: path,
      expected: "test cases that nothing was learned from",
      found: "\(pairs.count) of \(test.count) test cases, as \"\(first.test)\" and \"\(first.train)\"")
  }

  /// The sketches of a part's volumes; nil where there is no such part.
  private func sketches(
    of part: DataPart, threads: Int
  ) throws -> [(name: String, sketch: VolumeSketch)]? {
    guard let list = try? cases(of: part, classes: nil) else { return nil }
    let found = try volumes(
      of: list.cases, in: part, masks: false, threads: threads, progress: { _, _ in },
      work: { index, volume -> (name: String, sketch: VolumeSketch)? in
        guard let volume = try? volume.get(), let sketch = try? VolumeSketch(volume.voxels) else {
          return nil
        }
        return (list.cases[index].name, sketch)
      })
    return found.compactMap { $0 }
  }
}
