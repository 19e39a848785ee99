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

  /// Whether several workers can share one sample's output.
  var isShared: Bool { false }

  /// Computes one sample's output, or the turn's part of it.
  func forward(_ turn: Turn) throws {}

  /// Takes one sample's gradients back. `slot` holds this step's weight gradients; `isFirst` says that nothing is in it yet.
  func backward(_ turn: Turn, slot: UnsafeMutablePointer<Float>, isFirst: Bool) throws {}

  /// Prepares the weights after they have changed.
  func pack(worker: Int) throws {}

  /// Turns the sum of all slots into the parameters' gradients.
  func finishGradient(slot: UnsafeMutablePointer<Float>, worker: Int) throws {}

  /// Hands a copy of the output's gradient to an input; for operations that pass it on unchanged.
  final func passOn(_ gradient: UnsafePointer<Float>, to source: Source, _ turn: Turn) {
    let count = source.map.stored * source.voxels
    let scratch = state.scratch[turn.worker].inputGradient
    let copy = source.isMasked ? scratch : UnsafeMutablePointer(mutating: gradient)
    if source.isMasked { scratch.update(from: gradient, count: count) }
    source.backward(copy, turn)
  }
}
