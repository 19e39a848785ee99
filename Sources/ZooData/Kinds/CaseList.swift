/// The cases of a part of a data set, as its table or its folders list them.
public struct CaseList: Sendable {
  /// Where they stand, for messages.
  public let place: String
  /// The cases, in order.
  public let cases: [Case]
  /// Where each stands: `train_val.csv:3`.
  let places: [String]

  init(place: String, cases: [Case], places: [String]) {
    self.place = place
    self.cases = cases
    self.places = places
  }

  /// Cases that stand nowhere but in the data themselves.
  init(place: String, cases: [Case]) {
    self.init(place: place, cases: cases, places: cases.map { "\(place): \($0.name)" })
  }
}
