import FoundationEssentials
import Testing
import ZooCore
import ZooReport
import ZooStatistics

private let rows = [
  ComparisonRow(
    name: "densenet", parameters: 401_194, operations: 4_890_000_000, auc: 0.9124,
    interval: 0.8701...0.9414, isBest: true,
    toShape: .init(auc: 0.0284, interval: 0.0049...0.0519, p: 0.0178), trainingSeconds: 125.2),
  ComparisonRow(
    name: "resnet18", parameters: 33_160_898, auc: 0.8811, interval: 0.8352...0.9155,
    toBest: .init(auc: -0.0313, interval: -0.06 ... -0.0026, p: 0.0325, adjustedP: 0.065),
    toShape: .init(auc: -0.0029, interval: -0.018...0.0122, p: 0.7063), trainingSeconds: 3780),
  ComparisonRow(
    name: "shallow_cnn", parameters: 87_010, auc: 0.7, interval: 0.64...0.7532,
    toBest: .init(auc: -0.2124, interval: -0.27 ... -0.15, p: 1e-12, adjustedP: 6e-12),
    toShape: .init(auc: -0.184, interval: -0.24 ... -0.128, p: 2e-10), trainingSeconds: 9.5),
  ComparisonRow(
    name: "shape", isBaseline: true, auc: 0.884, interval: 0.8386...0.9179,
    toBest: .init(auc: -0.0284, interval: -0.0519 ... -0.0049, p: 0.0178)),
]

@Test func comparisonForATerminal() {
  #expect(
    ComparisonTable(rows).text() == """
      model        parameters  validation AUC  95 % interval  to the best       p  verdict   training
      ───────────  ──────────  ──────────────  ─────────────  ───────────  ──────  ───────  ─────────
      densenet        401,194           0.912  0.870 – 0.941         best                   2 min 5 s
      resnet18     33,160,898           0.881  0.835 – 0.916       -0.031    0.07  tied     1 h 3 min
      shallow_cnn      87,010           0.700  0.640 – 0.753       -0.212  <0.001  worse        9.5 s
      shape                 –           0.884  0.839 – 0.918       -0.028    0.02                   –

      """)
}

@Test func longNamesStayDistinct() {
  let names = ["densenet", "resnet18"].map { "experiment_2024_the_third_\($0)_with_a_baseline_and_lr3" }
  var long = Array(rows[..<2])
  for (index, name) in names.enumerated() { long[index].name = name }
  let begins = ComparisonTable(long).text().split(separator: "\n").dropFirst(2).map {
    $0.prefix { $0 != " " }
  }
  #expect(Set(begins).count == 2 && begins.allSatisfy { $0.contains("…") }, "\(begins)")
}

@Test func comparisonAsMarkdown() {
  let table = ComparisonTable([rows[0], rows[3]], aucTitle: "test AUC")
  #expect(
    table.markdown() == """
      | model    | parameters | test AUC | 95 % interval | to the best |    p | verdict |  training |
      | :------- | ---------: | -------: | :------------ | ----------: | ---: | :------ | --------: |
      | densenet |    401,194 |    0.912 | 0.870 – 0.941 |        best |      |         | 2 min 5 s |
      | shape    |          – |    0.884 | 0.839 – 0.918 |      -0.028 | 0.02 |         |         – |

      """)
}

@Test func comparisonForSpreadsheets() throws {
  var named = rows[0]
  named.name = "a \"b\", c"
  #expect(
    try ComparisonTable([named, rows[1]]).csv() == """
      model,parameters,multiply_adds,auc,auc_low,auc_high,to_best,to_best_low,to_best_high,p,adjusted_p,verdict,training_seconds
      "a ""b"", c",401194,4890000000,0.9124,0.8701,0.9414,,,,,,best,125.2
      resnet18,33160898,,0.8811,0.8352,0.9155,-0.0313,-0.06,-0.0026,0.0325,0.065,tied,3780.0

      """)
}

@Test func whoeverIsTiedWithTheBestIsNamed() {
  let sight = Sight(.difference(0.0412), cases: 288, positives: 104, pairs: 6)
  let all = ComparisonTable(rows, pairs: 6, recommended: "resnet18", sight: sight).conclusions
  #expect(
    all.first
      == "densenet has the highest AUC, 0.912, tied with resnet18: take resnet18, of fewest operations")
  #expect(
    all.suffix(2) == [
      "p: DeLong's paired test, by Holm's correction for 6 pairs of rows; uncorrected where there is no verdict",
      "with 288 cases, 36 % of them of class 1, differences below 0.041 cannot be seen reliably "
        + "(power below 80 % at 5 % / 6, Holm's first step)",
    ])
  let alone = ComparisonTable([rows[0], rows[2]], pairs: 1, recommended: "densenet").conclusions
  #expect(
    alone == [
      "densenet has the highest AUC, 0.912, higher than every other network's by more than chance explains"
    ])
  let chosen = ComparisonTable([rows[0]], choice: .init(auc: 0.9051, interval: 0.86...0.94)).conclusions
  #expect(
    chosen == [
      "chosen for each fold by the other folds, the best network has AUC 0.905 (95 % interval 0.860 – 0.940)"
    ])
  let nested = ComparisonTable([rows[0]], choice: .init(auc: 0.9, interval: nil, isNested: true)).conclusions
  #expect(
    nested == ["chosen for each fold by inner folds without its cases, the best network has AUC 0.900"])
  func limits(_ limit: Sight.Limit) -> String? {
    ComparisonTable([], sight: Sight(limit, cases: 10, positives: 5)).conclusions.first
  }
  let cases = "with 10 cases, 50 % of them of class 1,"
  let unsaid = "how small a difference can be seen cannot be said:"
  #expect(
    limits(.any)
      == "\(cases) no difference to the best can be seen reliably (power below 80 % at 5 %)")
  #expect(limits(.extreme(1)) == "\(cases) \(unsaid) the best AUC is 1")
  #expect(limits(.twins) == "\(cases) \(unsaid) all rank the cases alike")
  #expect(limits(.classes(3)) == "\(unsaid) that is worked out for two classes only, not for 3")
}

@Test func theBestIsNamedWhereCostsAreNotKnown() {
  var table = rows[1]
  table.name = "pytorch"
  #expect(
    ComparisonTable([rows[0], table], pairs: 1).conclusions
      == ["densenet has the highest AUC, 0.912, tied with pytorch"])
}

@Test func weightsThatMayHaveSeenTheCasesDecideNothing() throws {
  var leaked = rows[1]
  (leaked.name, leaked.isOfUnknownTraining, leaked.auc) = ("leaked", true, 0.99)
  leaked.toBest = .init(auc: 0.08, p: 1e-9, adjustedP: 6e-9)
  let table = ComparisonTable([rows[0], leaked, rows[2], rows[3]], pairs: 6)
  #expect(
    table.conclusions.first
      == "densenet has the highest AUC, 0.912, higher than every other network's by more than chance explains"
  )
  #expect(!table.conclusions.contains { $0.contains("leaked") })
  #expect(
    table.text().contains(
      "leaked       33,160,898           0.990  0.835 – 0.916       +0.080  <0.001  unknown"))
  #expect(try table.csv().contains("leaked,33160898,") && table.csv().contains(",unknown,3780.0"))
}

@Test func aTerminalHasAHundredColumns() {
  var long = rows
  long[2].name = "my_pytorch_resnet50_pretrained"
  let table = ComparisonTable(long, aucTitle: "out-of-fold AUC")
  let lines = (table.text() + table.conclusionLines).split(separator: "\n")
  #expect(lines.allSatisfy { $0.count <= 100 }, "\(lines.map(\.count))")
  #expect(table.text().contains("my_pyto…trained"))
  #expect(table.markdown().contains("my_pytorch_resnet50_pretrained"))
  #expect(table.conclusionLines.contains("\n  ") && table.conclusions.contains { $0.count > 100 })
}

@Test func conclusionsSayWhetherShapeIsBeaten() {
  #expect(
    ComparisonTable(rows).conclusions == [
      "densenet has the highest AUC, 0.912, tied with resnet18",
      "densenet beats size and shape alone: 0.912 against 0.884, a difference of +0.028 "
        + "(95 % interval +0.005 to +0.052), p = 0.02",
      "resnet18 is not shown to beat size and shape alone: 0.881 against 0.884, p = 0.71",
      "shallow_cnn does worse than size and shape alone: 0.700 against 0.884, a difference of -0.184 "
        + "(95 % interval -0.240 to -0.128), p < 0.001",
    ])
  #expect(
    ComparisonTable(Array(rows.dropLast())).conclusions == [
      "densenet has the highest AUC, 0.912, tied with resnet18"
    ])
  var torn = rows[0]
  torn.toShape = .init(auc: 0.0284, interval: -0.01...0.0519, p: 0.0178)
  #expect(
    ComparisonTable([torn, rows[3]]).conclusions == [
      "densenet is not shown to differ from size and shape alone: 0.912 against 0.884, a difference of +0.028 "
        + "(95 % interval -0.010 to +0.052), p = 0.02, but the interval holds 0"
    ])
  let shape = ComparisonRow(name: "shape", isBaseline: true, auc: 0.7)
  let known = [ComparisonRow(name: "a"), ComparisonRow(name: "b", auc: 0.8, toShape: .init(auc: 0.1)), shape]
  #expect(
    ComparisonTable(known).conclusions == [
      "a cannot be compared with size and shape alone: there is no AUC for both",
      "b is not shown to beat size and shape alone: 0.800 against 0.700, without a test",
    ])
}

@Test func comparisonForPrograms() throws {
  let json = ComparisonTable([rows[1], ComparisonRow(name: "shape", isBaseline: true)]).json
  let expected = """
    {"choice":null,"conclusions":["resnet18 cannot be compared with size and shape alone: there is no AUC for both"],
    "detectable_difference":null,"detectable_level":null,"detectable_similarity":null,"pairs":0,"recommended":null,
    "rows":[{"auc":0.8811,"auc_interval":[0.8352,0.9155],"baseline":false,"best":false,"multiply_adds":null,
    "name":"resnet18","parameters":33160898,
    "to_best":{"adjusted_p":0.065,"auc_difference":-0.0313,"interval":[-0.06,-0.0026],"p":0.0325,"verdict":"tied"},
    "to_shape":{"adjusted_p":null,"auc_difference":-0.0029,"interval":[-0.018,0.0122],"p":0.7063,"verdict":null},
    "training_seconds":3780,"unknown_training":false},
    {"auc":null,"auc_interval":null,"baseline":true,"best":false,"multiply_adds":null,"name":"shape",
    "parameters":null,"to_best":null,"to_shape":null,"training_seconds":null,"unknown_training":false}]}
    """
  #expect(json.text(indented: false) == expected.split(separator: "\n").joined())
}

@Test func aDifferenceIsMadeFromThePairedTest() throws {
  let labels = [true, false, true, false, true]
  let test = try #require(
    PairedDeLong([0.9, 0.3, 0.6, 0.6, 0.2], [0.4, 0.5, 0.8, 0.1, 0.7], labels: labels))
  let difference = ComparisonRow.Difference(test)
  #expect(difference.auc == -0.25 && difference.interval == test.interval && difference.p == test.p)
}
