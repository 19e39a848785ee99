import Foundation
import Testing
import ZooReport
import ZooStatistics

@Suite struct ReportTests {
  static let hostile = [
    "<script>alert(1)</script>", "\"'><img src=x onerror=alert(1)>", "a & b &amp; c", "\u{202E}evil\u{2066}",
    "ab\u{0}\u{7}c",
    "שלום", String(repeating: "long-name-", count: 30), "", "]]>", "<!--",
  ]

  @Test(arguments: hostile) func namesCannotTouchThePage(name: String) {
    var contents = ReportSamples.contents(names: [name, "two"])
    contents.notes = [name]
    contents.commands = [name]
    contents.data = ReportData(
      summary: name, path: name, parts: [.init(name: name, counts: [4, 4], patients: 2)])
    contents.hardest = [
      ReportCaseView(
        index: 0, likeliest: 1, places: name, hasMask: true,
        slices: .init(png: [1, 2, 3], description: name, width: 3, height: 2))
    ]
    let html = Report(contents).html()
    let page = PageDocument(html)
    #expect(page.failure == nil)
    let names = Set(page.elements.map(\.name))
    #expect(!names.contains("script") && page.elements.count { $0.name == "img" } == 1)
    #expect(
      page.elements.allSatisfy { element in element.attributes.keys.allSatisfy { !$0.hasPrefix("on") } })
    #expect(
      !html.unicodeScalars.contains {
        (0x202A...0x202E).contains($0.value) || (0x2066...0x2069).contains($0.value)
      })
    // As much of it as can be said is said.
    if name == "<script>alert(1)</script>" { #expect(page.text.contains(name)) }
  }

  @Test func drawingsSayWhatTheyShow() {
    let page = PageDocument(Report(ReportSamples.contents()).html())
    let drawings = page.elements.filter { $0.name == "svg" && $0.attributes["aria-hidden"] == nil }
    #expect(drawings.count > 10 && page.titles.count == drawings.count)
    #expect(page.descriptions.count == drawings.count && page.descriptions.allSatisfy { $0.count > 10 })
    let ids = page.elements.compactMap { $0.attributes["id"] }
    #expect(Set(ids).count == ids.count)
    for drawing in drawings {
      #expect(drawing.attributes["role"] == "img")
      let named = (drawing.attributes["aria-labelledby"] ?? "").split(separator: " ").map(String.init)
      #expect(named.count == 2 && named.allSatisfy(ids.contains))
    }
  }

  @Test func asksNothingOfANetwork() {
    let page = PageDocument(Report(ReportSamples.contents()).html())
    for element in page.elements where element.name != "html" {
      for key in ["src", "href"] {
        let value = element.attributes[key] ?? ""
        #expect(value.isEmpty || value.hasPrefix("#") || value.hasPrefix("data:"))
      }
    }
    #expect(page.elements.contains { $0.attributes["content"]?.hasPrefix("default-src 'none'") ?? false })
    #expect(
      !["script", "iframe", "object", "embed"].contains { name in page.elements.contains { $0.name == name } }
    )
  }

  static let degenerate: [(String, ReportContents)] = [
    ("one class absent", ReportSamples.contents(labels: [0, 0, 0, 0, 0, 0, 0, 0])),
    ("one case of a class", ReportSamples.contents(labels: [0, 0, 0, 1, 0, 0, 0, 0])),
    (
      "perfect",
      ReportSamples.contents(scores: [
        ReportSamples.labels.map { 0.2 + 0.6 * Double($0) }, ReportSamples.scores,
      ])
    ),
    (
      "certain",
      ReportSamples.contents(scores: [ReportSamples.labels.map(Double.init), ReportSamples.scores])
    ),
    (
      "constant",
      ReportSamples.contents(scores: [ReportSamples.labels.map { _ in 0.5 }, ReportSamples.scores])
    ),
    ("the same twice", ReportSamples.contents(scores: [ReportSamples.scores, ReportSamples.scores])),
    ("one epoch", ReportSamples.contents(runs: [ReportSamples.run([0.7])])),
    ("no loss", ReportSamples.contents(runs: [ReportSamples.run([0, 0])])),
    ("diverged", ReportSamples.contents(runs: [ReportSamples.run([1, .infinity, .nan])])),
    ("huge loss", ReportSamples.contents(runs: [ReportSamples.run([1e30, 1e-30])])),
    ("no runs", ReportSamples.contents(runs: [])),
    ("no epochs", ReportSamples.contents(runs: [ReportSamples.run([])])),
    ("one subject", ReportSamples.contents(names: ["one"], scores: [ReportSamples.scores])),
    (
      "ten subjects",
      ReportSamples.contents(
        names: (1...10).map { "model\($0)" },
        scores: (1...10).map { shift in
          ReportSamples.scores.map { ($0 * Double(shift)).truncatingRemainder(dividingBy: 1) }
        })
    ), ("three classes", ReportSamples.threeClasses),
  ]

  @Test(arguments: degenerate.map(\.0)) func degenerateResultsMakeAPage(name: String) throws {
    let contents = try #require(Self.degenerate.first { $0.0 == name }?.1)
    let html = Report(contents).html()
    let page = PageDocument(html)
    #expect(page.failure == nil)
    for element in page.elements where element.drawing != nil {
      for (key, value) in element.attributes
      where ["x", "y", "x1", "y1", "cx", "cy", "points", "width", "height"].contains(key) {
        let numbers = value.split { " ,".contains($0) }
        #expect(
          numbers.allSatisfy { Double($0)?.isFinite ?? false && (-1...2000).contains(Double($0) ?? 0) },
          "\(key)=\(value)")
      }
    }
    let words = Set(page.text.split { !$0.isLetter })
    #expect(!words.contains("nan") && !words.contains("inf"))
  }

  @Test func summarySaysWhatIsKnownAndNothingTwice() throws {
    let contents = ReportSamples.contents()
    let summary = Report(contents).summary
    let first = try #require(summary.first)
    #expect(first.hasPrefix("Of 2 models one has the highest validation AUC, 0.875 (95 % interval "))
    #expect(
      first.hasSuffix(
        ", 8 cases). These cases cannot tell it from two: take two, which needs the fewest operations."))
    #expect(summary.count { $0.contains("has the highest") } == 1)
    #expect(summary.contains { $0.contains("scores the former higher 88 times in 100") })
    #expect(
      summary.contains { $0.hasPrefix("With 8 cases, 50 % of them of class 1, differences below 0.210") })
    // Of a threshold for a sensitivity of 0.9: (0.9, 0.8, 0.7, 0.35) are positive, 0.4 and 0.6 are not.
    #expect(
      summary.contains(
        "At a threshold of 0.35, chosen for a sensitivity of 0.90, one finds 4 of 4 positive cases and raises a false alarm for 2 of 4 negative ones."
      ))
    #expect(summary.last?.hasPrefix("Each training kept the epoch that was best on the very cases") == true)
    var mixed = contents
    mixed.subjects[0].runs[0].isChosenByJudges = false
    #expect(Report(mixed).summary.last?.hasPrefix("Each training of two kept the epoch") == true)
    #expect(Report(contents).html().contains("kept, chosen by this figure."))
    mixed.subjects[1].runs[0].isChosenByJudges = false
    #expect(!Report(mixed).html().contains("chosen by this figure"))
    #expect(!Report(mixed).summary.contains { $0.hasPrefix("Each training") })
    var test = contents
    test.judgement = .test
    #expect(!Report(test).summary.contains { $0.hasPrefix("Each training kept") })
    var absent = ReportSamples.contents(labels: [0, 0, 0, 0, 0, 0, 0, 0])
    absent.table = ComparisonTable([ComparisonRow(name: "one"), ComparisonRow(name: "two")])
    #expect(Report(absent).summary.first?.hasPrefix("There is no AUC") == true)
  }

  @Test func everyFigureStandsWithItsInterval() {
    let html = Report(ReportSamples.contents()).html()
    let page = PageDocument(html)
    for figure in Figures(
      probabilities: ReportSamples.rows(ReportSamples.scores), labels: ReportSamples.labels, seed: 0,
      threads: 2
    ).all where figure.name != "auc" {
      let interval = figure.interval.map { " (\(Format.interval($0, 3)))" } ?? ""
      let cell = "\(Format.fixed(figure.value, 3))\(interval)".replacing("(-", with: "(−")
      #expect(page.text.contains(cell), "\(figure.name): \(cell)")
    }
    #expect(page.text.contains("calibration error ↓") && page.text.contains("by chance"))
  }

  @Test func spreadAndPartsAreShownWhereTheyAreKnown() {
    var contents = ReportSamples.contents()
    #expect(!Report(contents).html().contains("How much one training varies"))
    // Means 0.71, 0.81: the variance between the folds is 0.005, within them 0.0002; 0.005 - 0.0002 / 2 - 0.001 is left.
    contents.subjects[0].variance = VarianceSplit(
      aucs: [[0.70, 0.72], [0.80, 0.82]], caseVariances: [[0.001, 0.001], [0.001, 0.001]])
    contents.subgroups = ReportSubgroups(
      column: "site",
      parts: [
        .init(name: "north", counts: [3, 2], aucs: [0.6321, nil], intervals: [0.5111...0.7456, nil])
      ])
    let text = PageDocument(Report(contents).html()).text
    #expect(text.contains("How much one training varies") && text.contains("Cases by site"))
    for cell in ["0.760", "0.014", "0.062", "0.032", "north", "0.63 (0.51 – 0.75)"] {
      #expect(text.contains(cell), "\(cell)")
    }
  }

  @Test func theSameResultsGiveTheSameBytes() {
    #expect(Report(ReportSamples.contents()).html() == Report(ReportSamples.contents()).html())
  }

  @Test func landmarksAndDrawingsAreToldApart() {
    // The same predictions twice have the same threshold.
    var contents = ReportSamples.contents(scores: [ReportSamples.scores, ReportSamples.scores])
    contents.subjects[0].runs[0].member = "a"
    contents.subjects[0].runs.append(contents.subjects[0].runs[0])
    contents.subjects[0].runs[1].member = "b"
    contents.subjects[0].runs[1].name = "b, fold 1"
    let page = PageDocument(Report(contents).html())
    let regions = page.elements.filter { $0.attributes["role"] == "region" }.map {
      $0.attributes["aria-label"]
    }
    #expect(Set(regions).count == regions.count && regions.count > 5)
    #expect(Set(page.titles).count == page.titles.count)
    // Of an ensemble each member has a configuration.
    #expect(regions.count { $0?.hasPrefix("Configuration of one") ?? false } == 2)
  }

  @Test(arguments: [2, 6, 7, 8, 13, 15]) func tablesAreNoWiderThanASheet(count: Int) {
    var contents = ReportSamples.contents(
      names: (1...count).map { "model\($0)" }, scores: (1...count).map { _ in ReportSamples.scores })
    contents.subgroups = ReportSubgroups(
      column: "site",
      parts: [
        .init(
          name: "north", counts: [3, 2], aucs: (1...count).map { Double($0) / 20 },
          intervals: (1...count).map { _ in nil })
      ])
    let page = PageDocument(Report(contents).html())
    // Beside the figures' names six models, beside part, cases and those of class 1 as many.
    var (widths, tables): ([Int], Int) = ([], 0)
    for element in page.elements {
      if element.name == "table" {
        widths.append(0)
        tables += 1
      }
      if element.name == "th", element.attributes["scope"] == "col" { widths[widths.count - 1] += 1 }
    }
    #expect(widths.allSatisfy { $0 <= 9 } && tables == widths.count, "\(widths)")
    for figure in 1...count { #expect(page.text.contains(Format.fixed(Double(figure) / 20, 2))) }
  }

  @Test func fittingABaselineTakesAnotherTimeEachTime() {
    var pages: Set<String> = []
    for seconds in [0.2, 7.5] {
      var contents = ReportSamples.contents(runs: [])
      contents.subjects[1].kind = .baseline
      contents.table = ComparisonTable([
        ComparisonRow(name: "one", parameters: 1000, auc: 0.875, isBest: true, trainingSeconds: 3),
        ComparisonRow(name: "two", auc: 0.775, trainingSeconds: seconds),
      ])
      pages.insert(Report(contents).html())
    }
    #expect(pages.count == 1 && pages.first?.contains(">\(Format.seconds(3))<") == true)
  }

  @Test func masksAreMentionedWhereThereAreSome() throws {
    var contents = ReportSamples.contents()
    func view(_ hasMask: Bool, alone: Bool = false) -> ReportCaseView {
      let picture = ReportCaseView.Picture(png: [1], description: "slices", width: 3, height: 2)
      return ReportCaseView(
        index: 6, likeliest: 1, places: "axial slice 3 of 8", hasMask: hasMask, isSeenInMaskAlone: alone,
        slices: picture, attribution: picture)
    }
    contents.hardest = [view(false)]
    let without = PageDocument(Report(contents).html()).text
    let body = try #require(without.range(of: "Summary"))
    #expect(!without[body.lowerBound...].contains("mask") && without.contains("the middle slice"))
    #expect(without.contains("Is class 0, most probable: class 1. one gave class 0 a probability of 0.400."))
    #expect(without.contains("axial slice 3 of 8"))
    contents.hardest = [view(true), view(false)]
    contents.subjects[1].kind = .baseline
    let with = PageDocument(Report(contents).html()).text
    #expect(with.contains("largest outline of the mask") && with.contains("without a mask the middle one"))
    #expect(with.contains("The rows “shape” and “volume”") && !with.contains("sees nothing outside"))
    contents.hardest = [view(true, alone: true)]
    #expect(Report(contents).html().contains("The network sees nothing outside the mask."))
  }

  @Test func whatFlattersASubjectIsSaidInTheSummary() {
    var contents = ReportSamples.contents()
    contents.subjects[1].notes = ["chosen by these cases"]
    #expect(Report(contents).summary.last == "two: chosen by these cases.")
    #expect(Report(contents).html().contains("two: chosen by these cases."))
  }

  @Test func aSensitivityIsSaidAsItWasGiven() {
    var contents = ReportSamples.contents()
    contents.sensitivity = 0.975
    let report = Report(contents)
    #expect(report.summary.contains { $0.contains("chosen for a sensitivity of 0.975, one finds") })
    #expect(PageDocument(report.html()).text.contains("with a sensitivity of at least 0.975 on these"))
  }

  @Test func threeClassesAreNamedAlike() throws {
    let text = PageDocument(Report(ReportSamples.threeClasses).html()).text
    #expect(text.contains("AUC of class 2 against the rest") && !text.contains("class 2 auc"))
    let others = try #require(text.range(of: "Intervals of the other figures: "))
    #expect(!text[others.upperBound...].contains("against the rest"))
  }

  @Test(arguments: [Sight.Limit.difference(0.2), .any, .extreme(1), .classes(3)])
  func whatThePageDoesNotSayIsNotExplained(limit: Sight.Limit) {
    var contents = ReportSamples.contents()
    let rows = contents.table.rows
    contents.table = ComparisonTable(rows, pairs: 1, sight: Sight(limit, cases: 8, positives: 4))
    let isSaid = Report(contents).summary.contains { $0.contains("seen reliably") }
    let isExplained = PageDocument(Report(contents).html()).text.contains("“Cannot be seen reliably”")
    #expect(isSaid == isExplained && isSaid == [.difference(0.2), .any].contains(limit))
  }
}
