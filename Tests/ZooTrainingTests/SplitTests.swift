import Testing
import ZooCore
import ZooData
import ZooTraining

/// Patients of 1 to `most` cases whose classes lean to one side, and a few cases without patient.
private func dataset(_ count: Int, most: Int, classes: Int = 2, seed: UInt64) -> Dataset {
  var draws = Seed(seed).stream()
  var cases: [Case] = []
  while cases.count < count {
    let lean = draws.index(below: classes)
    let patient = draws.index(below: 10) == 0 ? nil : "p\(cases.count)"
    for _ in 0...draws.index(below: most) where cases.count < count {
      let label = draws.index(below: 3) == 0 ? draws.index(below: classes) : lean
      cases.append(Case(name: "c\(cases.count)", label: label, patient: patient))
    }
  }
  return of(cases)
}

private func of(_ cases: [Case]) -> Dataset {
  let format = SampleFormat(size: [1, 1, 1])
  let crop = Crop(bytes: [0], axes: [1, 1, 1], mask: nil, format: format)
  return Dataset(
    place: "test", cases: cases, crops: Array(repeating: crop, count: cases.count), format: format)
}

/// Patients that are on both sides of a split.
private func divided(_ split: Split, _ dataset: Dataset) -> Set<String> {
  Set(split.training.compactMap { dataset.cases[$0].patient })
    .intersection(split.validation.compactMap { dataset.cases[$0].patient })
}

private func share(of label: Int, among indices: [Int], _ dataset: Dataset) -> Double {
  Double(indices.count { dataset.cases[$0].label == label }) / Double(indices.count)
}

@Test(arguments: 0..<20)
func aSplitIsFairAndDividesNoPatient(seed: Int) throws {
  let classes = 2 + seed % 2
  let dataset = dataset(300, most: 1 + seed % 6, classes: classes, seed: UInt64(seed))
  let split = try Split(dataset, seed: Seed(UInt64(seed)))
  #expect((split.training + split.validation).sorted() == Array(0..<300))
  #expect(divided(split, dataset).isEmpty)
  #expect(abs(split.validation.count - 60) <= 3)
  for label in 0..<classes {
    let all = share(of: label, among: Array(0..<300), dataset)
    #expect(abs(share(of: label, among: split.validation, dataset) - all) < 0.03)
  }
  #expect(try Split(dataset, seed: Seed(UInt64(seed))) == split)
  #expect(try Split(dataset, seed: Seed(UInt64(seed) + 1)) != split)
}

/// What a fold leaves is divided again, and the fold's own cases are nowhere in it.
@Test(arguments: 0..<5)
func innerFoldsLeaveOutTheFold(seed: Int) throws {
  let dataset = dataset(300, most: 4, seed: UInt64(seed))
  var options = TrainingOptions()
  options.seed = seed
  options.fold = try Fold("2/5")
  let outer = try options.split(of: dataset)
  var held: [Int] = []
  for number in 1...3 {
    options.innerFold = try Fold("\(number)/3")
    let inner = try TrainingOptions(options.json, at: "options").split(of: dataset)
    #expect((inner.training + inner.validation).sorted() == outer.training)
    #expect(divided(inner, dataset).isEmpty && abs(inner.validation.count - 80) <= 3)
    #expect(
      abs(share(of: 1, among: inner.validation, dataset) - share(of: 1, among: outer.training, dataset))
        < 0.05)
    held += inner.validation
  }
  #expect(held.sorted() == outer.training)
}

@Test(arguments: [2, 5, 10])
func foldsAreAllCasesTogether(count: Int) throws {
  let dataset = dataset(400, most: 5, seed: 9)
  var seen: [Int] = []
  for number in 1...count {
    let split = try Split(dataset, fold: Fold("\(number)/\(count)"), seed: Seed(4))
    #expect((split.training + split.validation).sorted() == Array(0..<400))
    #expect(divided(split, dataset).isEmpty)
    #expect(abs(split.validation.count - 400 / count) <= 3)
    let all = share(of: 1, among: Array(0..<400), dataset)
    #expect(abs(share(of: 1, among: split.validation, dataset) - all) < 0.06)
    seen += split.validation
  }
  #expect(seen.sorted() == Array(0..<400))
}

@Test func aMissingClassIsAProblem() throws {
  let lone = of((0..<10).map { Case(name: "c\($0)", label: $0 == 0 ? 1 : 0, patient: "p\($0)") })
  let problem = #expect(throws: Problem.self) { try Split(lone, seed: Seed(1)) }
  #expect(try #require(problem).description.contains("no case of class 1 is left for"))
  let one = of((0..<10).map { Case(name: "c\($0)", label: $0 % 2, patient: "same") })
  #expect(throws: Problem.self) { try Split(one, seed: Seed(1)) }
  #expect(throws: Problem.self) { try Split(of([Case(name: "a", label: nil)]), seed: Seed(1)) }
  #expect(throws: Problem.self) { try Split(one, validationShare: 1, seed: Seed(1)) }
}

@Test(arguments: ["", "5", "0/5", "6/5", "1/1", "a/b", "1/5/2", "-1/5", "1/9999999999999999999", "/"])
func wrongFoldsAreRefused(text: String) throws {
  let problem = #expect(throws: Problem.self) { try Fold(text) }
  #expect(try #require(problem).description.contains("--fold"))
}
