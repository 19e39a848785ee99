import Testing
import ZooKernels

/// Which kernel is chosen.
struct ConvolutionKernelsTests {
  private func choose(_ shape: ConvolutionShape, _ kernels: KernelChoice = .auto) throws -> ChosenConvolution
  {
    try ConvolutionKernels.choose(
      shape, dataGradient: true, weightGradient: true, bf16: false, kernels: kernels, samples: nil,
      workers: 1,
      engine: OneDNNEngine(), path: "test")
  }

  @Test(
    "Tiles of 4 where there are eight of them, well filled, and weights in proportion; tiles of 2 for many channels",
    arguments: [
      (ConvolutionShape.cube(64, 16, [8, 8, 8]), "winograd4"), (.cube(64, 16, [7, 7, 7]), "winograd4"),
      (.cube(256, 256, [8, 8, 8]), "winograd4"), (.cube(64, 64, [6, 6, 6]), "winograd2"),
      (.cube(64, 64, [4, 4, 4]), "winograd2"), (.cube(512, 512, [8, 8, 8]), "winograd2"),
      (.cube(64, 16, [4, 4, 4]), nil), (.cube(64, 64, [5, 5, 5]), nil), (.cube(512, 512, [2, 2, 2]), nil),
    ] as [(ConvolutionShape, String?)])
  func size(shape: ConvolutionShape, winograd: String?) throws {
    let canRun = WinogradConvolution(shape, tile: .four, dataGradient: true, weightGradient: true) != nil
    let name = try choose(shape).name
    if canRun, let winograd {
      #expect(name.hasPrefix(winograd))
    } else {
      #expect(!name.hasPrefix("winograd"))
    }
  }

  @Test("oneDNN alone where it is asked for, whatever else fits")
  func onlyOneDNN() throws {
    var point = ConvolutionShape.cube(64, 16, [8, 8, 8])
    point.kernel = [1, 1, 1]
    point.paddingBefore = [0, 0, 0]
    point.paddingAfter = [0, 0, 0]
    for shape in [.cube(64, 16, [8, 8, 8]), .cube(64, 64, [6, 6, 6]), .cube(512, 512, [2, 2, 2]), point] {
      guard case .plain(let kernel) = try choose(shape, .onednn) else {
        Issue.record("a fused kernel for \(shape)")
        continue
      }
      #expect(kernel is OneDNNConvolution)
    }
  }

  @Test("Without AVX-512 nothing large is left to oneDNN, which would copy it")
  func slabs() throws {
    var strided = ConvolutionShape.cube(16, 32, [40, 40, 40])
    strided.stride = [2, 2, 2]
    strided.output = [20, 20, 20]
    for shape in [ConvolutionShape.cube(64, 16, [4, 4, 4]), .cube(64, 64, [5, 5, 5]), strided] {
      guard let slabs = SlabConvolution(shape, dataGradient: true, weightGradient: true) else { continue }
      #expect(try choose(shape).name.hasPrefix("slabs") == !slabs.name.contains("avx512"))
    }
  }

  @Test("Something else for every shape that Winograd does not fit")
  func shape() throws {
    var shapes = [
      ConvolutionShape.cube(16, 16, [8, 8, 8]), .cube(16, 16, [8, 8, 8]), .cube(16, 16, [8, 8, 8]),
      .cube(32, 32, [8, 8, 8]), .cube(1, 16, [8, 8, 8]),
    ]
    shapes[0].stride = [2, 2, 2]
    shapes[0].output = [4, 4, 4]
    shapes[1].dilation = [2, 2, 2]
    shapes[1].paddingBefore = [2, 2, 2]
    shapes[1].paddingAfter = [2, 2, 2]
    shapes[2].paddingBefore = [0, 1, 1]
    shapes[2].paddingAfter = [2, 1, 1]
    shapes[3].groups = 2
    shapes[4].isInputPlain = true
    for shape in shapes {
      #expect(WinogradConvolution(shape, tile: .four, dataGradient: true, weightGradient: true) == nil)
      #expect(try !choose(shape).name.hasPrefix("winograd"))
    }
  }
}
