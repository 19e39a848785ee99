import ZooKernels

/// Which steps' weights are packed when, and the room they take.
///
/// A network that runs many times keeps them. One that judges a single sample and is done packs those of a few steps, runs
/// these, and puts the next in their place: memory that was never used before costs the system more time than packing does.
struct PackingTurns {
  /// Steps that are packed together, and then run; all of them where the packed weights are kept.
  let steps: [[Int]]
  /// Bytes of the packed weights that are there at a time.
  let bytes: Int

  /// Keeps the packed weights of all steps.
  init(keeping steps: Range<Int>, kernels: [Int: ChosenConvolution]) {
    self.steps = [Array(steps)]
    bytes = steps.map { PackingTurns.bytes(of: kernels[$0]) }.reduce(0, +)
  }

  /// Turns of the stages of one sample's way, each of some weights for every worker: as many bytes as the largest step has for
  /// each of them.
  init(of stages: [[Int]], kernels: [Int: ChosenConvolution], workers: Int) {
    let largest = kernels.values.map { PackingTurns.bytes(of: $0) }.max() ?? 0
    var steps: [[Int]] = []
    var room = 0
    for stage in stages {
      var bytes = Int.max  // a stage begins a turn
      for step in stage {
        let own = PackingTurns.bytes(of: kernels[step])
        if bytes > workers * largest - own {
          steps.append([])
          bytes = 0
        }
        steps[steps.count - 1].append(step)
        bytes += own
        room = max(room, bytes)
      }
    }
    self.steps = steps
    bytes = room
  }

  private static func bytes(of kernel: ChosenConvolution?) -> Int {
    kernel.map { Carver.rounded($0.forwardBytes) + Carver.rounded($0.dataBytes) } ?? 0
  }
}
