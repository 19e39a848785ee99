import Foundation
import ZooCore
import ZooSimulation
import ZooStatistics

/// `CoverageMeter SETS`: simulates cases whose truth is known and prints, as Markdown, how often each interval holds it and
/// how often the paired test errs.
@main
struct CoverageMeter {
  static let aucs = [0.7, 0.9, 0.97]
  static let counts = [60, 120, 400]

  static func main() throws {
    let numbers = CommandLine.arguments.dropFirst().compactMap { Int($0) }
    guard CommandLine.arguments.count == 2, numbers.count == 1, numbers[0] > 0 else {
      throw Problem("wrong arguments", expected: "SETS")
    }
    let meter = CoverageMeter(sets: numbers[0])
    print(meter.introduction)
    print(meter.coverage())
    print(meter.tests())
  }

  let sets: Int
  private let threads = ProcessInfo.processInfo.activeProcessorCount

  var introduction: String {
    """
    # How far the statistics can be trusted

    Written by `scripts/coverage`. Each cell simulates \(sets) data sets whose truth is known. Scores are normal in each class, and
    probabilities are those of Bayes' rule. A cell's own standard error is \(error(0.95, sets)) points.

    Cases are drawn as a study draws patients: each is positive with a chance of a third, so that the classes' sizes are chance
    too, and intervals have to allow for it; a set with fewer than two cases of a class is drawn again. Fixed sizes would
    flatter what depends on how common a class is, as accuracy and average precision, and give rates a grain that no interval
    removes: of 20 positive cases a rate has 21
    values, and Wilson's interval, right on average over rates, holds a sensitivity of \(grain.low.rate) in \(grain.low.share) %, one of
    \(grain.high.rate) in \(grain.high.share) %, by the binomial distribution.
    """
  }

  /// How often the intervals hold the truth.
  func coverage() -> String {
    let two = """

      ## Coverage of the 95 % intervals

      Per cent of the data sets whose interval holds the truth. What leaves 93–97 is bold. In brackets: per cent of the sets that
      have no such interval, and are not counted. All but differences, bands and thresholds are the figures of `comparison.json`
      as the program computes them, with 2,000 replicates a bootstrap. Methods were chosen by simulations of this kind, with
      other seeds, so that these cells are no independent judge of the choice.

      A BCa bootstrap stays where it holds the truth: Matthews' correlation. Elsewhere it does not, as simulations of it showed,
      and what stands in its place does. F1 rises with a rate, that of the cases that are both among those that are of a class
      or called so, and so does its Wilson interval; a class that is never called shows a bootstrap no other value. A bootstrap
      of the average precision draws positive cases several times, which tie with themselves and flatter it. Of the partial AUC
      the probit scale holds the truth, on which the ROC curve of normal scores is a line; the logit scale was too careful at 0.97
      with 60 cases. Losses are skewed,
      so that BCa's ends fall short; distances in a replicate's own standard errors do not. A rate near 1 at a threshold from
      few cases often has replicates that are all alike. A calibration error is too large by chance, and in a bootstrap by
      chance twice.

      """
    let three = """

      ## Three classes

      Half, three tenths and a fifth of the cases are of classes 0, 1 and 2, by chance; the AUC is that between any two of them
      alone.

      """
    let balanced = """

      ## As many positive as negative cases

      What ranks decide, where each case is positive with a chance of a half. Of 60 cases some 30 are negative then, and three of
      these bear on a partial AUC up to a tenth of false alarms.

      """
    func drawn(_ prevalence: Double) -> @Sendable (Double, Int, Seed) -> Drawn {
      { auc, count, seed in
        // The second classifier is a little worse, for the difference.
        Drawn(SimulatedCases(aucs: [auc, auc - 0.03], count: count, prevalence: prevalence).sample(seed))
      }
    }
    return table(Row.twoClasses, two, draw: drawn(1.0 / 3)) + "\n"
      + table(Row.ranks, balanced, draw: drawn(0.5)) + "\n"
      + table(Row.threeClasses, three) { auc, count, seed in
        Drawn(SimulatedClasses(auc: auc, count: count).sample(seed))
      }
  }

  private func table(
    _ rows: [Row], _ text: String, draw: @escaping @Sendable (_ auc: Double, _ count: Int, Seed) -> Drawn
  ) -> String {
    var shares: [[Share]] = []
    for auc in CoverageMeter.aucs {
      let column = Row.Column(auc: auc, large: draw(auc, 600_000, Seed(1)))
      let truths = rows.map { $0.truth(column) ?? .nan }
      for count in CoverageMeter.counts {
        let seed = Seed(2026).child(count).child(Int(100 * auc))
        shares.append(
          Share.all(sets: sets, seed: seed, threads: threads) { own in
            let drawn = draw(auc, count, own)
            let figures = Figures(
              probabilities: drawn.probabilities, labels: drawn.labels, seed: own.child("bootstrap").bits,
              threads: 1)
            return zip(rows, truths).map { $0.interval(drawn, figures)?.contains($1) }
          })
      }
    }
    let lines = rows.enumerated().map { index, row in
      line(row.name, shares.map { $0[index] }, expected: 0.93...0.97)
    }
    return ([text] + header("interval") + lines).joined(separator: "\n")
  }

  /// How often the paired test errs where there is nothing to find, and finds what is there.
  func tests() -> String {
    var lines = [
      """

      ## DeLong's paired test

      Two classifiers of equal true AUC: per cent of the data sets in which they are called different at 5 %. What leaves
      3.5–6.5 is bold; below it the test is more careful than it says. Then two that differ by what `Power` says can be
      seen with a power of 80 %: per cent of the data sets in which the better is called so.

      """
    ]
    lines.append(contentsOf: header("scores within a class"))
    for correlation in [0.5, 0.8] {
      let equal = cells.map { auc, count -> Share? in
        found(SimulatedCases(aucs: [auc, auc], count: count, correlation: correlation)) { $0.p < 0.05 }
      }
      lines.append(line("equal, correlation \(correlation)", equal, expected: 0.035...0.065))
    }
    for correlation in [0.5, 0.8] {
      let better = cells.map { auc, count -> Share? in
        let positives = Int((SimulatedCases(aucs: [auc], count: count).prevalence * Double(count)).rounded())
        let power = Power(
          positives: positives, negatives: count - positives, auc: auc, correlation: correlation)
        guard let difference = power?.detectableDifference() else { return nil }
        return found(
          SimulatedCases(aucs: [auc + difference, auc], count: count, correlation: correlation)
        ) { $0.p < 0.05 && $0.difference > 0 }
      }
      lines.append(line("80 % power, correlation \(correlation)", better, expected: 0.7...0.9))
    }
    return lines.joined(separator: "\n")
  }

  private func found(_ cases: SimulatedCases, _ verdict: @Sendable (PairedDeLong) -> Bool) -> Share {
    cases.share(
      sets: sets, seed: Seed(7).child(cases.count).child(Int(100 * cases.aucs[0])), threads: threads
    ) { sample, _ in
      PairedDeLong(sample.scores[0], sample.scores[1], labels: sample.labels).map(verdict)
    }
  }

  private var cells: [(Double, Int)] {
    CoverageMeter.aucs.flatMap { auc in CoverageMeter.counts.map { (auc, $0) } }
  }

  private func header(_ first: String) -> [String] {
    let names = cells.map { "\($0.0), \($0.1)" }
    return [
      "| \(first) \\ AUC, cases | " + names.joined(separator: " | ") + " |",
      "|:--|" + names.map { _ in "--:|" }.joined(),
    ]
  }

  private func line(_ name: String, _ shares: [Share?], expected: ClosedRange<Double>) -> String {
    let texts = shares.map { share -> String in
      guard let share, let value = share.value else { return "–" }
      let text = percent(value)
      let absent = share.absent > 0 ? " (\(percent(share.absent)))" : ""
      return (expected.contains(value) ? text : "**\(text)**") + absent
    }
    return "| \(name) | " + texts.joined(separator: " | ") + " |"
  }

  private typealias Grain = (rate: String, share: String)

  /// The rates from 0.7 to 0.95 that Wilson's interval from 20 cases holds least and most often.
  private var grain: (low: Grain, high: Grain) {
    let rates = (70...95).map { Double($0) / 100 }.map { (rate: $0, share: held($0, 20)) }.sorted {
      $0.share < $1.share
    }
    func text(_ one: (rate: Double, share: Double)) -> Grain {
      (String(format: "%.2f", one.rate), percent(one.share))
    }
    return (text(rates[0]), text(rates[rates.count - 1]))
  }

  /// How often Wilson's interval of a rate holds it, by the binomial distribution.
  private func held(_ rate: Double, _ count: Int) -> Double {
    func logFactorial(_ n: Int) -> Double { lgamma(Double(n + 1)) }
    return (0...count).reduce(0.0) { sum, hits in
      guard Rate(hits, of: count)?.interval.contains(rate) ?? false else { return sum }
      let ways = logFactorial(count) - logFactorial(hits) - logFactorial(count - hits)
      return sum + exp(ways + Double(hits) * log(rate) + Double(count - hits) * log(1 - rate))
    }
  }

  private func error(_ share: Double, _ count: Int) -> String {
    percent((share * (1 - share) / Double(count)).squareRoot())
  }

  private func percent(_ share: Double) -> String { String(format: "%.1f", 100 * share) }
}
