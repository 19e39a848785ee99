/// The caller's plain input into blocks; on the way back, the input's gradient for the caller.
final class LoadRunner: StepRunner {
  private let plain: UnsafeMutablePointer<Float>
  private let plainGradient: UnsafeMutablePointer<Float>?
  private let count: Int

  init(
    path: String, target: Target, state: RunState, plain: UnsafeMutablePointer<Float>,
    plainGradient: UnsafeMutablePointer<Float>?, count: Int
  ) {
    self.plain = plain
    self.plainGradient = plainGradient
    self.count = count
    super.init(path: path, inputs: [], target: target, state: state)
  }

  override func forward(_ turn: Turn) {
    blocked(plain + turn.sample * count, target.map, into: target.output(turn))
    target.store(turn)
  }

  override func backward(_ turn: Turn, slot: UnsafeMutablePointer<Float>, isFirst: Bool) {
    guard let plainGradient else { return }
    let dy = target.finishedGradient(turn)
    _ = unblocked(dy, target.map, into: plainGradient + turn.sample * count)
  }
}
