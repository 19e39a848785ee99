import Testing
import ZooKernels

/// Which kernel is chosen.
struct ConvolutionKernelsTests {
  private func choose(_ shape: ConvolutionShape) throws -> AnyObject {
    let chosen = try ConvolutionKernels.choose(
      shape, dataGradient: true, weightGradient: true, bf16: false, workers: 1, engine: OneDNNEngine(),
      path: "test")
    switch chosen {
    case .plain(let kernel): return kernel
    case .fused(let kernel): return kernel
    }
  }

  @Test("Winograd from 8³ on where the processor can, else oneDNN")
  func size() throws {
    let shape = ConvolutionShape.cube(64, 16, [8, 8, 8])
    let canRun = WinogradConvolution(shape, tile: .four, dataGradient: true, weightGradient: true) != nil
    #expect(try (choose(shape) is WinogradConvolution) == canRun)
    #expect(try choose(.cube(64, 16, [4, 4, 4])) is OneDNNConvolution)
    #expect(try choose(.cube(256, 256, [8, 8, 8])) is OneDNNConvolution)
  }

  @Test("oneDNN for every shape that Winograd does not fit")
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
      #expect(try choose(shape) is OneDNNConvolution)
    }
  }
}
