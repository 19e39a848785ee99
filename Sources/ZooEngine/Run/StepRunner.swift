/// One step of a program, ready to run: it knows where everything lies.
class StepRunner {
  let path: String
  let inputs: [Source]
  let target: Target
  let state: RunState

  init(path: String, inputs: [Source], target: Target, state: RunState) {
    self.path = path
    self.inputs = inputs
    self.target = target
    self.state = state
  }

  /// Computes one sample's output.
  func forward(sample: Int, worker: Int) throws {}

  /// Takes one sample's gradients back. `slot` holds this step's weight gradients; `isFirst` says that nothing is in it yet.
  func backward(sample: Int, worker: Int, slot: UnsafeMutablePointer<Float>, isFirst: Bool) throws {}

  /// Prepares the weights after they have changed.
  func pack(worker: Int) throws {}

  /// Turns the sum of all slots into the parameters' gradients.
  func finishGradient(slot: UnsafeMutablePointer<Float>, worker: Int) throws {}

  /// Hands a copy of the output's gradient to an input; for operations that pass it on unchanged.
  final func passOn(_ gradient: UnsafePointer<Float>, to source: Source, sample: Int, worker: Int) {
    let count = source.map.stored * source.voxels
    let scratch = state.scratch[worker].inputGradient
    let copy = source.overwrites ? scratch : UnsafeMutablePointer(mutating: gradient)
    if source.overwrites { scratch.update(from: gradient, count: count) }
    source.backward(copy, sample: sample, worker: worker)
  }
}
