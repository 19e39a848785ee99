import Foundation
import ZooCore
import ZooSimulation
import ZooStatistics

/// `CoverageMeter SETS BOOTSTRAP_SETS REPLICATES`: simulates cases whose truth is known and prints, as Markdown, how
/// often each interval holds it and how often the paired test errs.
@main
struct CoverageMeter {
  static let aucs = [0.7, 0.9, 0.97]
  static let counts = [60, 120, 400]

  static func main() throws {
    let numbers = CommandLine.arguments.dropFirst().compactMap { Int($0) }
    guard CommandLine.arguments.count == 4, numbers.count == 3, numbers.allSatisfy({ $0 > 0 }) else {
      throw Problem("wrong arguments", expected: "SETS BOOTSTRAP_SETS REPLICATES")
    }
    let meter = CoverageMeter(sets: numbers[0], bootstrapSets: numbers[1], replicates: numbers[2])
    print(meter.introduction)
    print(meter.coverage())
    print(meter.tests())
  }

  let sets: Int
  let bootstrapSets: Int
  let replicates: Int
  private let threads = ProcessInfo.processInfo.activeProcessorCount

  var introduction: String {
    """
    # How far the statistics can be trusted

    Written by `scripts/coverage`. Each cell simulates data sets whose truth is known: a third of the cases is positive,
    scores are normal in each class, and probabilities are those of Bayes' rule. \(sets) sets a cell; \(bootstrapSets) for
    a bootstrap, of \(replicates) replicates each. A cell's own standard error is \(error(0.95, sets)) points, for a
    bootstrap \(error(0.95, bootstrapSets)).
    """
  }

  /// How often the intervals hold the truth.
  func coverage() -> String {
    var lines = [
      """

      ## Coverage of the 95 % intervals

      Per cent of the data sets whose interval holds the truth. What leaves 93–97 is bold.

      A stratified BCa bootstrap is the rule, and stays where it holds the truth: F1 and Matthews' correlation. Elsewhere it
      does not, as simulations of it showed, and what stands in its place does. A bootstrap of the average precision draws
      positive cases several times, which tie with themselves and flatter it (89 to 91 % at an AUC of 0.7). Losses
      are skewed, so that BCa's ends fall short (87 to 90 % at 0.97); distances in a replicate's own standard errors do
      not. A rate near 1 at a threshold from few cases often has replicates that are all alike (87 %). A calibration
      error is too large by chance, and in a bootstrap by chance twice (65 to 90 %). Partial AUC and balanced accuracy come
      to 91 to 93 % by BCa with 60 cases. Whole ranks held the threshold in up to 98 %, more than they say.

      What is left of a rate at a fixed threshold is its own grain: 20 positive cases, or 40 negative ones, know 21 or 41
      values, and no interval that gives one answer to each holds the truth in 95 % everywhere. Wilson's is
      right on average over rates, here now above, now below: by the binomial distribution it holds the sensitivity of 0.9, 60
      in \(exact(Row.sensitivity, 0.9, 20)) %, the specificity of 0.97, 60 in \(exact(Row.specificity, 0.97, 40)) %. A ROC band is the interval of the sensitivity at each place;
      percentiles of bootstrapped curves, which it replaced, held it in 4 to 97 %, by place.

      """
    ]
    lines.append(contentsOf: header("interval"))
    for row in Row.all(replicates: replicates) {
      let values = cells.map { auc, count -> Double? in
        // The second classifier is a little worse, for the difference.
        let cases = SimulatedCases(aucs: [auc, auc - 0.03], count: count)
        let truth = row.truth(cases)
        return cases.share(
          sets: row.isBootstrap ? bootstrapSets : sets,
          seed: Seed(2026).child(row.name).child(count).child(Int(100 * auc)),
          threads: threads
        ) { sample, seed in row.interval(sample, seed)?.contains(truth) }
      }
      lines.append(line(row.name, values, expected: 0.93...0.97))
    }
    return lines.joined(separator: "\n")
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
      let equal = cells.map { auc, count in
        found(SimulatedCases(aucs: [auc, auc], count: count, correlation: correlation)) { $0.p < 0.05 }
      }
      lines.append(line("equal, correlation \(correlation)", equal, expected: 0.035...0.065))
    }
    for correlation in [0.5, 0.8] {
      let better = cells.map { auc, count -> Double? in
        let one = SimulatedCases(aucs: [auc], count: count)
        let power = Power(
          positives: one.positives, negatives: count - one.positives, auc: auc, correlation: correlation)
        guard let difference = power?.detectableDifference() else { return nil }
        return found(
          SimulatedCases(aucs: [auc + difference, auc], count: count, correlation: correlation)
        ) { $0.p < 0.05 && $0.difference > 0 }
      }
      lines.append(line("80 % power, correlation \(correlation)", better, expected: 0.7...0.9))
    }
    return lines.joined(separator: "\n")
  }

  private func found(_ cases: SimulatedCases, _ verdict: @Sendable (PairedDeLong) -> Bool) -> Double? {
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

  private func line(_ name: String, _ values: [Double?], expected: ClosedRange<Double>) -> String {
    let texts = values.map { value -> String in
      guard let value else { return "–" }
      let text = String(format: "%.1f", 100 * value)
      return expected.contains(value) ? text : "**\(text)**"
    }
    return "| \(name) | " + texts.joined(separator: " | ") + " |"
  }

  /// How often Wilson's interval of a rate holds it, by the binomial distribution, with 60 cases of which so many count.
  private func exact(_ rate: (SimulatedCases) -> Double, _ auc: Double, _ count: Int) -> String {
    let rate = rate(SimulatedCases(aucs: [auc], count: 60))
    func logFactorial(_ n: Int) -> Double { lgamma(Double(n + 1)) }
    let share = (0...count).reduce(0.0) { sum, hits in
      guard Rate(hits, of: count)?.interval.contains(rate) ?? false else { return sum }
      let ways = logFactorial(count) - logFactorial(hits) - logFactorial(count - hits)
      return sum + exp(ways + Double(hits) * log(rate) + Double(count - hits) * log(1 - rate))
    }
    return String(format: "%.1f", 100 * share)
  }

  private func error(_ share: Double, _ count: Int) -> String {
    String(format: "%.1f", 100 * (share * (1 - share) / Double(count)).squareRoot())
  }
}
