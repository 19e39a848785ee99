import Testing
import ZooReport

/// Where figures put known numbers: the plane of a figure runs from (52, 298) to (348, 10).
@Suite struct FigureTests {
  let page = PageDocument(
    Report(ReportSamples.contents(names: ["one"], scores: [ReportSamples.scores])).html())

  @Test func rocCurveGoesThroughItsPoints() {
    #expect(page.failure == nil)
    let lines = page.elements("polyline", class: "s0", in: "ROC with its band")
    #expect(lines.map { $0["points"] } == ["52,298 52,82 200,82 200,10 348,10"])
    // The threshold of sensitivity 0.9 is that of the last positive: (0.5, 1).
    let marks = page.elements("circle", class: "mark", in: "ROC with its band")
    #expect(marks.map { [$0["cx"], $0["cy"]] } == [["200", "10"]])
  }

  @Test func precisionIsDrawnInSteps() {
    // Precision 1 up to recall 0.75, where it falls to 3 of 5; then 4 of 6, at last 4 of 8.
    let lines = page.elements("polyline", class: "s0", in: "Precision and sensitivity")
    #expect(lines.first?["points"] == "52,10 274,10 274,125.2 274,106 348,106 348,154")
    #expect(page.descriptions.contains("one: average precision 0.917."))
  }

  @Test func forestPutsTheEstimateOnItsScale() throws {
    let mark = try #require(page.elements("circle", class: "mark", in: "AUC with its interval").first)
    let ticks = page.elements("line", class: "grid", in: "AUC with its interval").compactMap {
      Double($0["x1"] ?? "")
    }
    // The scale ends at 1, where the picture does.
    #expect(ticks.last == 342 && page.descriptions.contains { $0.hasPrefix("one: 0.875 (") })
    let whiskers = page.elements("line", class: "whisker", in: "AUC with its interval")
    let (low, high) = (Double(whiskers[0]["x1"] ?? "") ?? 0, Double(whiskers[0]["x2"] ?? "") ?? 0)
    let x = try #require(Double(mark["cx"] ?? ""))
    #expect(low < x && x < high && low >= 18 && high <= 342)
  }

  @Test func calibrationBinsStandAtTheirMeans() {
    // Two cases, of 0.35 and 0.4, share a bin; the others are alone in theirs.
    let marks = page.elements("circle", class: "mark", in: "Calibration")
    #expect(marks.count == 7)
    #expect(marks.first.map { [$0["cx"], $0["cy"]] } == ["81.6", "298"])
    #expect(marks.last.map { [$0["cx"], $0["cy"]] } == ["318.4", "10"])
  }

  @Test func lossesFallAsTheyDid() {
    // Epochs 1 to 3 over 296 pixels, losses 0 to 2 over 208.
    let validation = page.elements("polyline", class: "s0", in: "Loss by epoch")
    #expect(validation.map { $0["points"] } == ["52,10 200,114 348,166"])
    let training = page.elements("polyline", class: "training", in: "Loss by epoch")
    #expect(training.map { $0["points"] } == ["52,114 200,166 348,192"])
  }

  @Test func histogramHasEveryCase() {
    #expect(page.elements("rect", class: "upper", in: "Scores by class").count == 4)
    #expect(page.elements("rect", class: "lower", in: "Scores by class").count == 4)
  }

  @Test func confusionMatrixCounts() {
    #expect(
      page.descriptions.contains("of class 0 2 called 0, 2 called 1; of class 1 0 called 0, 4 called 1."))
  }
}
