import ZooGraph
import ZooKernels
import ZooVolume

/// How a convolution's weights, plain (O, I/groups, D, H, W), spread over the places its channels are stored at.
///
/// Groups that do not come in blocks of 16 channels run as one group whose other weights are 0.
struct WeightPacking {
  let input: ChannelMap
  let output: ChannelMap
  let groups: Int
  let taps: Int
  /// Groups of the convolution that is run.
  let storedGroups: Int

  init(input: ChannelMap, output: ChannelMap, groups: Int, taps: Int) {
    self.input = input
    self.output = output
    self.groups = groups
    self.taps = taps
    let isAligned =
      input.isTrivial && output.isTrivial && (input.channels / groups).isMultiple(of: 16)
      && (output.channels / groups).isMultiple(of: 16)
    storedGroups = isAligned ? groups : 1
  }

  /// Whether stored and plain weights are the same.
  var isDirect: Bool { input.isTrivial && output.isTrivial && storedGroups == groups }

  /// Values of the stored weights.
  var storedCount: Int { output.stored * (input.stored / storedGroups) * taps }

  /// Floats of a slot: packed weight gradient and bias gradient.
  func slotCount(of kernel: ChosenConvolution, hasBias: Bool) -> Int {
    kernel.gradientBytes / 4 + (hasBias ? output.stored : 0)
  }

  /// Plain weights to stored ones.
  func spread(_ plain: UnsafePointer<Float>, into stored: UnsafeMutablePointer<Float>) {
    stored.update(repeating: 0, count: storedCount)
    forEach { from, to in (stored + to).update(from: plain + from, count: taps) }
  }

  /// Stored weights to plain ones.
  func gather(_ stored: UnsafePointer<Float>, into plain: UnsafeMutablePointer<Float>) {
    forEach { from, to in (plain + from).update(from: stored + to, count: taps) }
  }

  private func forEach(_ body: (_ plain: Int, _ stored: Int) -> Void) {
    let perGroup = input.channels / groups
    let outputsPerGroup = output.channels / groups
    for o in 0..<output.channels {
      for i in 0..<perGroup {
        let place = Int(input.places[o / outputsPerGroup * perGroup + i])
        body((o * perGroup + i) * taps, (Int(output.places[o]) * input.stored + place) * taps)
      }
    }
  }
}

extension ConvolutionShape {
  /// The convolution that is run for an operation on stored tensors.
  init(_ window: Window, packing: WeightPacking, hasBias: Bool, input: Storage, output: Storage) {
    self.init(
      inputChannels: packing.input.stored, outputChannels: packing.output.stored,
      groups: packing.storedGroups,
      input: input.shape.axes, output: output.shape.axes, kernel: window.kernel, stride: window.stride,
      dilation: window.dilation, paddingBefore: window.paddingBefore, paddingAfter: window.paddingAfter,
      hasBias: hasBias, isInputPlain: input.isPlain)
  }
}
