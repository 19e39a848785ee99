/// The sum of its inputs, all stored at the same places.
final class AddRunner: StepRunner {
  override func forward(sample: Int, worker: Int) {
    let y = target.at(sample: sample, worker: worker)
    inputs[0].write(sample: sample, worker: worker, to: y)
    for source in inputs.dropFirst() {
      source.add(sample: sample, worker: worker, to: y, scratch: state.scratch[worker].input)
    }
    target.measure(sample: sample, worker: worker)
  }

  override func backward(sample: Int, worker: Int, slot: UnsafeMutablePointer<Float>, isFirst: Bool) {
    let dy = target.finishedGradient(sample: sample, worker: worker)
    for source in inputs where source.learns { passOn(dy, to: source, sample: sample, worker: worker) }
  }
}
