import ZooCore
import ZooModels
import ZooReport
import ZooTraining

/// What a search came to: a line a trial, the best first.
struct SweepSheet {
  private let result: SweepResult

  init(_ result: SweepResult) { self.result = result }

  /// For a terminal.
  var text: String { table.text() + (result.caution.map { "\n\($0)\n" } ?? "") }

  /// For `sweep.md`.
  var markdown: String { table.markdown() + (result.caution.map { "\n\($0)\n" } ?? "") }

  private var table: TextTable {
    var table = TextTable(
      [.init("trial", .right)] + result.keys.map { .init(Self.title($0), .right) } + [
        .init("epochs", .right), .init("validation AUC", .right), .init("95 % interval"),
        .init("kept epoch", .right), .init("training", .right),
      ])
    func figure(_ value: Double?) -> String { value.map { Format.fixed($0, 3) } ?? Format.none }
    for trial in result.trials {
      let evaluation = trial.run?.evaluation
      table.append(
        ["\(trial.number)"] + result.keys.map { Self.text(trial.values[$0]) } + [
          "\(trial.epochs)", trial.run == nil ? "diverged" : figure(evaluation?.auc),
          evaluation?.interval.map { "\(figure($0.lowerBound)) – \(figure($0.upperBound))" } ?? Format.none,
          trial.run.map { Format.ranges($0.keptEpochs) } ?? Format.none,
          trial.run.map { Format.seconds($0.seconds) } ?? Format.none,
        ])
    }
    return table
  }

  /// For programs.
  var json: JSONValue {
    let trials = result.trials.map { trial -> JSONValue in
      [
        "trial": .number(Double(trial.number)), "values": .object(trial.values),
        "epochs": .number(Double(trial.epochs)), "diverged": .bool(trial.run == nil),
        "run": trial.run.map { .string($0.folder.name) } ?? .null,
        "kept_epochs": .array(trial.run?.keptEpochs.map { .number(Double($0)) } ?? []),
        "validation": trial.run?.evaluation.json ?? .null,
      ]
    }
    return [
      "format": "voxelzoo_sweep", "version": .string(voxelZooVersion),
      "method": .string(result.method.rawValue), "trials": .array(trials),
      "best": result.best.map { .number(Double($0.number)) } ?? .null,
      "caution": result.caution.map(JSONValue.string) ?? .null,
    ]
  }

  /// `learning_rate` as a person reads it.
  private static func title(_ key: String) -> String { String(key.map { $0 == "_" ? " " : $0 }) }

  private static func text(_ value: JSONValue?) -> String {
    switch value {
    case .number(let number): "\(number)"
    case .string(let text): text
    default: Format.none
    }
  }
}
