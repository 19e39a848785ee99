import Testing
import ZooReport

/// Where figures put known numbers: the plane of a figure runs from (52, 298) to (348, 10).
@Suite struct FigureTests {
  let page = PageDocument(
    Report(ReportSamples.contents(names: ["one"], scores: [ReportSamples.scores])).html())

  @Test func rocCurveGoesThroughItsPoints() {
    #expect(page.failure == nil)
    let lines = page.elements("polyline", class: "s0", in: "one: ROC with its band")
    #expect(lines.map { $0["points"] } == ["52,298 52,82 200,82 200,10 348,10"])
    // The threshold of sensitivity 0.9 is that of the last positive: (0.5, 1).
    let marks = page.elements("circle", class: "mark", in: "one: ROC with its band")
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
    let marks = page.elements("circle", class: "mark", in: "one: Calibration")
    #expect(marks.count == 7)
    #expect(marks.first.map { [$0["cx"], $0["cy"]] } == ["81.6", "298"])
    #expect(marks.last.map { [$0["cx"], $0["cy"]] } == ["318.4", "10"])
  }

  @Test func lossesFallAsTheyDid() {
    // Epochs 1 to 3 over 296 pixels, losses 0 to 2 over 208.
    let validation = page.elements("polyline", class: "s0", in: "one: Loss by epoch")
    #expect(validation.map { $0["points"] } == ["52,10 200,114 348,166"])
    let training = page.elements("polyline", class: "training", in: "one: Loss by epoch")
    #expect(training.map { $0["points"] } == ["52,114 200,166 348,192"])
  }

  @Test func histogramHasEveryCase() {
    #expect(page.elements("rect", class: "upper", in: "one: Scores by class").count == 4)
    #expect(page.elements("rect", class: "lower", in: "one: Scores by class").count == 4)
  }

  @Test func confusionMatrixCounts() {
    #expect(
      page.descriptions.contains("of class 0 2 called 0, 2 called 1; of class 1 0 called 0, 4 called 1."))
  }

  /// The numbers left of a figure's plane with the place where each ends.
  private func ticks(_ page: PageDocument, _ drawing: String) -> [(text: String, end: Double)] {
    page.texts(class: "tick", in: drawing).filter { $0.attributes["text-anchor"] == "end" }
      .map { ($0.text, Double($0.attributes["x"] ?? "") ?? 0) }
  }

  @Test(arguments: [[1.0, 2e12], [0.5, 0.125], [1, 99_999], [3e-7, 1e-7], [1e30, 4e14]])
  func numbersOfAnAxisHaveRoom(losses: [Double]) {
    let contents = ReportSamples.contents(
      names: ["one"], scores: [ReportSamples.scores], runs: [ReportSamples.run(losses)])
    let ticks = ticks(PageDocument(Report(contents).html()), "one: Loss by epoch")
    #expect(ticks.count >= 3)
    // Letters of 11.5 pixels are 6.4 wide; the axis' title takes 16 pixels, and something is to be between them.
    for tick in ticks {
      #expect(tick.end - 6.4 * Double(tick.text.count) >= 18, "\(tick)")
      #expect(Double(tick.text) != nil && tick.text.count <= 8, "\(tick)")
    }
    #expect(Set(ticks.map(\.text)).count == ticks.count)
  }

  @Test func farNumbersArePowersOfTen() {
    let contents = ReportSamples.contents(
      names: ["one"], scores: [ReportSamples.scores], runs: [ReportSamples.run([1, 5e11])])
    // The validation loss is twice the loss: from 0 to 1e12 in steps of 5e11 / 2, rounded up.
    let values = ticks(PageDocument(Report(contents).html()), "one: Loss by epoch").map(\.text)
    #expect(values == ["0", "5e11", "1.0e12"])
  }

  @Test func chanceIsNamedWhereItIsSeen() {
    #expect(page.text.contains("Line: DeLong’s 95 % interval on the logit scale. 0.5 is chance."))
    // Two hundred cases, all but a few in order: the scale begins above 0.8.
    let labels = (0..<200).map { $0 < 100 ? 0 : 1 }
    let scores = (0..<200).map { (Double($0) + ($0 % 20 == 0 ? 30 : 0)) / 300 }
    let sure = PageDocument(
      Report(ReportSamples.contents(names: ["one"], scores: [scores], labels: labels)).html())
    #expect(sure.failure == nil && !sure.text.contains("0.5 is chance"))
  }

  @Test func wordsOnTintsAreInInk() {
    // Muted are only the classes beside the matrix, two and two.
    #expect(page.texts(class: "tick", in: "one: Confusion matrix").map(\.text) == ["0", "0", "1", "1"])
    #expect(page.texts(class: "number", in: "one: Confusion matrix").count == 4)
    // On bars and on the threshold's line there are no words.
    #expect(page.texts(class: "label", in: "one: Scores by class").isEmpty)
    #expect(page.text.contains("20 bins; class 1 upwards, 4 cases, class 0 downwards, 4."))
  }

  static let long = [
    ["experiment_2024_densenet_baseline_lr3", "experiment_2024_resnet18_baseline_lr3"],
    ["WMWMWMWMWMWMWMWMWMWMWMWM", "WMWMWMWMWMWMWMWMWMWMWMWX"], ["肺结节三维卷积网络第一次实验的结果", "肺结节三维卷积网络第二次实验的结果"],
    [String(repeating: "x", count: 54), String(repeating: "x", count: 53) + "y"], ["one", "two"],
  ]

  @Test(arguments: long) func longNamesStandWhole(names: [String]) {
    let page = PageDocument(Report(ReportSamples.contents(names: names)).html())
    #expect(page.failure == nil)
    for drawing in ["AUC with its interval", "Paired differences of AUC"] {
      let labels = page.texts(class: "label", in: drawing)
      let numbers = page.texts(class: "number", in: drawing)
      let said = labels.map(\.text).joined()
      for name in names { #expect(said.contains(name), "\(said)") }
      #expect(said.contains("− ") == (drawing == "Paired differences of AUC"))
      func place(_ text: PageDocument.Element, _ key: String) -> Double {
        Double(text.attributes[key] ?? "") ?? .nan
      }
      // No line is upon another, and none leaves the picture; a wide letter is 12.5 pixels wide.
      let lines = labels.map { place($0, "y") }
      #expect(zip(lines, lines.dropFirst()).allSatisfy { $0.0 + 17 <= $0.1 }, "\(lines)")
      for label in labels {
        let end = label.text.reduce(place(label, "x")) { end, letter in
          end + (letter == " " ? 3.5 : !letter.isASCII || "WM".contains(letter) ? 12.5 : 6.2)
        }
        #expect(end <= 342, "\(label.text)")
        for number in numbers where place(number, "y") == place(label, "y") {
          #expect(end < place(number, "x") - 6.4 * Double(number.text.count), "\(label.text)")
        }
      }
      #expect(numbers.count == (drawing == "AUC with its interval" ? 2 : 1))
    }
  }

  @Test func aMedianOfAnEvenCountIsInTheMiddle() {
    // Of class 1 0.35, 0.7, 0.8, 0.9; of class 0 0.1, 0.2, 0.4, 0.6.
    #expect(page.descriptions.contains("Median 0.75 for class 1, 0.30 for class 0."))
  }

  @Test(arguments: [1, 2]) func captionsAreSentences(runs: Int) {
    let contents = ReportSamples.contents(
      names: ["one"], scores: [ReportSamples.scores],
      runs: (0..<runs).map { _ in ReportSamples.run() })
    let text = PageDocument(Report(contents).html()).text
    #expect(
      text.contains(
        runs == 1
          ? "Dashed: training. The point marks the epoch that was kept."
          : "Dashed: training. One line for each of the 2 runs; the point marks the epoch that was kept."))
  }
}
