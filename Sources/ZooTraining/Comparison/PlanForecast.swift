import ZooCore
import ZooData
import ZooModels

/// How long trainings will take, from a step of each network on random voxels.
///
/// An estimate from above where a training may stop early; reading the data and the statistics at the end are not in it.
public struct PlanForecast: Hashable, Sendable {
  /// How many trainings there are to do.
  public let trainings: Int
  /// Seconds for all of them.
  public let seconds: Double
}

/// What a sample costs a network on this machine.
struct SampleCost {
  /// Seconds to learn from a sample.
  private let training: Double

  /// Times one step, after one that warms up. Takes the memory of a training network for that long.
  init(_ architecture: Architecture, cases: Int, options: TrainingOptions, registries: TrainingRegistries)
    throws
  {
    let batch = max(1, min(options.batch, cases))
    let bench = try StepBench(
      architecture.graph(registry: registries.layers), task: .training, batch: batch,
      precision: options.precision, kernels: options.kernels, memory: options.memory,
      threads: options.threads, seed: options.root.child("forecast"))
    _ = try bench.step()
    training = try bench.step().all / Double(batch)
  }

  /// Seconds of a training that learns from some cases and is judged by others. Predicting takes about a third of learning.
  func seconds(learning: Double, judging: Double, options: TrainingOptions) -> Double {
    let samples = options.steps.map { Double($0 * options.batch) } ?? learning
    let forward = judging + Double(min(options.calibrationBatches * options.batch, Int(learning)))
    return Double(options.epochs) * training * (samples + forward / 3)
  }
}
