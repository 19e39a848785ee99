import Testing
import ZooKernels

/// What is measured of which kernels; times themselves are not tested.
struct KernelBenchTests {
  private static let point: ConvolutionShape = {
    var shape = ConvolutionShape.cube(32, 16, [5, 4, 3])
    shape.kernel = [1, 1, 1]
    shape.paddingBefore = [0, 0, 0]
    shape.paddingAfter = [0, 0, 0]
    return shape
  }()
  private static let strided: ConvolutionShape = {
    var shape = ConvolutionShape.cube(16, 32, [8, 8, 8])
    shape.stride = [2, 2, 2]
    shape.output = [4, 4, 4]
    return shape
  }()
  private static let stem: ConvolutionShape = {
    var shape = ConvolutionShape.cube(1, 16, [5, 6, 7])
    shape.isInputPlain = true
    return shape
  }()

  @Test(
    arguments: [
      (ConvolutionShape.cube(16, 32, [9, 5, 6]), [.winograd4, .winograd2, .batch, .slabs, .onednn]),
      (point, [.pointwise, .batch, .slabs, .onednn]), (strided, [.batch, .slabs, .onednn]),
      (stem, [.stem, .onednn]),
    ] as [(ConvolutionShape, [KernelKind])], [false, true])
  func everyKernelThatFits(_ fitting: (shape: ConvolutionShape, kinds: [KernelKind]), bf16: Bool) throws {
    let bench = try KernelBench(bf16: bf16, rounds: 1)
    for isTraining in [true, false] {
      let timings = try bench.measure(
        fitting.shape, dataGradient: isTraining && !fitting.shape.isInputPlain, weightGradient: isTraining)
      // Fused kernels want instructions that a processor may lack.
      #expect(timings.map(\.kind) == fitting.kinds || timings.map(\.kind) == [.onednn])
      for timing in timings {
        #expect(timing.forward > 0 && timing.packing > 0, "\(timing.name)")
        #expect(isTraining ? (timing.backward ?? 0) > 0 : timing.backward == nil, "\(timing.name)")
        let sum = timing.forward + (timing.backward ?? 0) + timing.packing / 4
        #expect(abs(timing.seconds(batch: 4) / sum - 1) < 1e-12)
      }
    }
  }
}
