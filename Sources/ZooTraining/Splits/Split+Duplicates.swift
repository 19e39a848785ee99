import ZooCore
import ZooData

extension Split {
  /// Those of a data set's near duplicates that this split separates: what is learned of one is no news of the other.
  func separated(_ duplicates: [NearDuplicate]) -> [NearDuplicate] {
    let (taught, judged) = (Set(training), Set(validation))
    return duplicates.filter { pair in
      taught.contains(pair.first) && judged.contains(pair.second)
        || judged.contains(pair.first) && taught.contains(pair.second)
    }
  }

  /// Refuses a split with nearly the same volume on both sides.
  func checkDuplicates(_ duplicates: [NearDuplicate], of dataset: Dataset) throws {
    let pairs = separated(duplicates)
    guard !pairs.isEmpty else { return }
    throw Problem(
      "nearly the same volume on both sides of the split", at: dataset.place,
      expected: "different cases to train and to validate on", found: Split.text(of: pairs, in: dataset),
      next: "give them one patient, remove one, or take them as they are: --allow-duplicates")
  }

  /// `2 pairs, as "a" and "b" (correlation 0.9991, 93 % of their local patterns the same)`
  static func text(of pairs: [NearDuplicate], in dataset: Dataset) -> String {
    guard let first = pairs.max(by: { $0.overlap + $0.correlation < $1.overlap + $1.correlation }) else {
      return "none"
    }
    let count = pairs.count == 1 ? "1 pair" : "\(pairs.count) pairs"
    let names = [first.first, first.second].map { "\"\(dataset.cases[$0].name)\"" }
    let correlation = (first.correlation * 1e4).rounded() / 1e4
    let share = Int((100 * first.overlap).rounded())
    return "\(count), as \(names[0]) and \(names[1]) "
      + "(correlation \(correlation), \(share) % of their local patterns the same)"
  }
}
