internal import CKernels

/// What all steps of a run share: the kernels of this processor, the workers' scratch, and the numbers of the current step.
final class RunState {
  let kernels: zoo_kernels
  let scratch: [Scratch]
  /// Samples of the current batch.
  var samples = 0
  /// Key of the current step's dropout masks; nil switches dropout off.
  var dropoutKey: UInt64?

  init(kernels: zoo_kernels, scratch: [Scratch]) {
    self.kernels = kernels
    self.scratch = scratch
  }
}

/// Memory that one worker uses inside a step; nothing in it outlives the step.
struct Scratch {
  /// Floats of the parts.
  struct Sizes {
    var input = 0
    var inputGradient = 0
    /// Of an output that is not kept as f32.
    var output = 0
    var outputGradient = 0
    var weights = 0
    var gradient = 0
    var bytes = 0
    /// Blocks of the widest tensor.
    var blocks = 0
  }

  /// An input as it is read.
  let input: UnsafeMutablePointer<Float>
  /// Its gradient.
  let inputGradient: UnsafeMutablePointer<Float>
  /// An output, before it is rounded.
  let output: UnsafeMutablePointer<Float>
  /// An output's gradient.
  let outputGradient: UnsafeMutablePointer<Float>
  /// Plain weights in stored places.
  let weights: UnsafeMutablePointer<Float>
  /// A packed weight gradient with its bias.
  let gradient: UnsafeMutablePointer<Float>
  /// Statistics of the tensor that is being written, one a block.
  let tallies: UnsafeMutablePointer<zoo_tally>
  /// What a convolution kernel asks for.
  let kernel: UnsafeMutableRawPointer

  init(_ sizes: Sizes, memory: inout Carver) {
    // Kernels read and write whole vectors of 16, past the end of a plain tensor too.
    input = memory.floats(sizes.input + 16)
    inputGradient = memory.floats(sizes.inputGradient + 16)
    output = memory.floats(sizes.output)
    outputGradient = memory.floats(sizes.outputGradient + 16)
    tallies = memory.take(sizes.blocks, of: zoo_tally.self)
    weights = memory.floats(sizes.weights)
    gradient = memory.floats(sizes.gradient)
    kernel = UnsafeMutableRawPointer(memory.take(sizes.bytes, of: UInt8.self))
  }
}
