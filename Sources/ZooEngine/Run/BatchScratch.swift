internal import CKernels

/// Memory for a step that takes all samples at once; one such step runs at a time.
final class BatchScratch {
  /// What the largest of these steps asks for.
  struct Sizes {
    var inputBytes = 0
    var outputBytes = 0
    /// Samples taken at once, and the blocks of all of them.
    var samples = 0
    var blocks = 0
  }

  /// Inputs of all samples.
  let input: UnsafeMutableRawPointer
  /// Gradients of their outputs.
  let outputGradient: UnsafeMutableRawPointer
  /// Where each sample's output goes.
  let targets: UnsafeMutablePointer<zoo_target>
  /// Where each sample's input gradient goes.
  let sinks: UnsafeMutablePointer<zoo_sink>
  /// Statistics of what is being written, [sample][block].
  let tallies: UnsafeMutablePointer<zoo_tally>

  init(_ sizes: Sizes, memory: inout Carver) {
    input = UnsafeMutableRawPointer(memory.take(sizes.inputBytes, of: UInt8.self))
    outputGradient = UnsafeMutableRawPointer(memory.take(sizes.outputBytes, of: UInt8.self))
    targets = memory.take(sizes.samples, of: zoo_target.self)
    sinks = memory.take(sizes.samples, of: zoo_sink.self)
    tallies = memory.take(sizes.blocks, of: zoo_tally.self)
  }
}
