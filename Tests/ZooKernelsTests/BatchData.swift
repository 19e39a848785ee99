import CKernels
import ZooCore
import ZooKernels

/// A group of samples with what surrounds their convolution: relu(scale·x + shift) comes in, the gradient of an output is
/// dy + slope·z, and the inputs have a gradient already.
struct BatchData {
  let shape: ConvolutionShape
  let type: zoo_type
  let inputs, outputs: Int
  let scale, shift, slope, mean: [Float]
  let x, held, dy, z: [[Float]]
  let weights, bias: [Float]

  init(_ shape: ConvolutionShape, samples: Int, _ type: zoo_type, seed: Seed) {
    var random = seed.stream()
    func values(_ count: Int) -> [Float] { (0..<count).map { _ in Float(random.unit() * 2 - 1) } }
    // Eight bits at most, so that bf16 keeps them and what is read is exact.
    func coarse(_ count: Int) -> [Float] { values(count).map { ($0 * 128).rounded() / 128 } }
    self.shape = shape
    self.type = type
    inputs = shape.input.reduce(1, *)
    outputs = shape.output.reduce(1, *)
    scale = (0..<shape.inputChannels).map { [0.5, -1, 2][$0 % 3] }
    // Off the grid of scale·x: nothing sits at the bend of the ReLU.
    shift = coarse(shape.inputChannels).map { $0 + 1 / 1024 }
    slope = (0..<shape.outputChannels).map { [0.25, -0.5][$0 % 2] }
    mean = coarse(shape.inputChannels)
    weights = values(shape.weightCount)
    bias = values(shape.outputChannels)
    var (x, held, dy, z): ([[Float]], [[Float]], [[Float]], [[Float]]) = ([], [], [], [])
    for _ in 0..<samples {
      x.append(coarse(inputs * shape.inputChannels))
      held.append(coarse(inputs * shape.inputChannels))
      dy.append(coarse(outputs * shape.outputChannels))
      z.append(coarse(outputs * shape.outputChannels))
    }
    (self.x, self.held, self.dy, self.z) = (x, held, dy, z)
  }

  var samples: Int { x.count }

  /// scale·x + shift at a place of a sample.
  func affine(_ sample: Int, _ place: Int) -> Float {
    let c = place / (16 * inputs) * 16 + place % 16
    return scale[c] * x[sample][place] + shift[c]
  }

  /// dy + slope·z at a place of a sample.
  func outputGradient(_ sample: Int, _ place: Int) -> Float {
    dy[sample][place] + slope[place / (16 * outputs) * 16 + place % 16] * z[sample][place]
  }
}
