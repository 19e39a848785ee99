import ZooKernels
import ZooVolume

extension Scratch.Sizes {
  /// What the workers of a plan need for its largest steps.
  init(
    _ program: Program, _ kernels: [Int: ChosenConvolution], _ packings: [Int: WeightPacking],
    slotCounts: [Int], isTraining: Bool
  ) {
    self.init()
    for (index, step) in program.steps.enumerated() {
      let output = program.storages[step.output]
      blocks = max(blocks, output.map.blocks)
      for view in step.inputs {
        add(
          step, view, input: program.storages[view.storage], output: output, kernels[index],
          isTraining: isTraining)
      }
      if step.inputs.isEmpty { addWhole(output, output) }
      if let packing = packings[index], !packing.isDirect { weights = max(weights, packing.storedCount) }
      if let kernel = kernels[index] {
        // The others add to what is there.
        if case .plain = kernel { gradient = max(gradient, slotCounts[index]) }
        bytes = max(bytes, kernel.scratchBytes)
      }
    }
    if !isTraining { outputGradient = 0 }
  }

  private mutating func add(
    _ step: Program.Step, _ view: View, input: Storage, output: Storage, _ kernel: ChosenConvolution?,
    isTraining: Bool
  ) {
    // What dropout masks is computed whole.
    if view.dropout != nil { add(input: input.count, inputGradient: input.count) }
    switch step.kind {
    case .convolution:
      guard case .plain(let kernel) = kernel else { return }
      add(
        input: input.count, inputGradient: kernel.dataBytes > 0 ? input.count : 0,
        output: rounded(output), outputGradient: output.count)
    case .averagePool(let window, _), .maxPool(let window):
      let slabs = PoolSlabs(
        window, input: input.shape.axes, output: output.shape.axes, countsPadding: false)
      let size = slabs.floats(isTraining: isTraining, isMasked: view.dropout != nil)
      add(input: size.input, inputGradient: max(size.input, size.output), outputGradient: size.output)
    case .globalAveragePool:
      // A block of channels at a time.
      let block = 16 * input.shape.voxels
      add(input: block, inputGradient: block, outputGradient: 16)
    case .add: addRuns(view, output)
    case .keep where !input.isPlain && input.map == output.map: addRuns(view, output)
    case .load, .keep, .dense, .flatten, .softmax, .custom: addWhole(input, output)
    }
  }

  /// Values pass through in runs.
  private mutating func addRuns(_ view: View, _ output: Storage) {
    let run = 16 * min(StepRunner.run, output.shape.voxels)
    add(input: run, inputGradient: run, outputGradient: view.dropout == nil ? run : output.count)
  }

  private mutating func addWhole(_ input: Storage, _ output: Storage) {
    let values = max(input.count, output.count)
    add(input: values, inputGradient: values, output: rounded(output), outputGradient: output.count)
  }

  /// Floats of an output that is not kept as f32.
  private func rounded(_ output: Storage) -> Int { output.precision == .f32 ? 0 : output.count }

  private mutating func add(input: Int, inputGradient: Int, output: Int = 0, outputGradient: Int = 0) {
    self.input = max(self.input, input)
    self.inputGradient = max(self.inputGradient, inputGradient)
    self.output = max(self.output, output)
    self.outputGradient = max(self.outputGradient, outputGradient)
  }
}
