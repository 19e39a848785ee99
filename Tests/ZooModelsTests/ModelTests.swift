import Testing
import ZooCore
import ZooGraph
import ZooLayers
import ZooModels
import ZooVolume

/// The folder Models at the top of the package.
let modelsFolder =
  #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(3)
  .joined(separator: "/") + "/Models"

/// The built-in layers.
func builtIn() throws -> Registry<any Layer.Type> { try Registry(layers: BuiltInLayers.list) }

/// Trainable parameters and multiply-adds at their own size, as scripts/fixtures/models.py counts them in PyTorch.
@Test(arguments: [
  ("densenet", 401_194, 4_894_228_720), ("resnet18", 33_140_802, 3_263_169_536),
  ("shallow_cnn", 180_626, 106_168_448), ("slice_cnn", 21_458, 9_956_672),
])
func modelsCostWhatTheyShould(_ name: String, _ parameters: Int, _ multiplyAdds: Int) throws {
  let graph = try Zoo(folders: [modelsFolder]).find(name).graph(registry: try builtIn())
  #expect(graph.trainableCount == parameters)
  #expect(graph.multiplyAdds == multiplyAdds)
  #expect(graph.outputShape == Shape(channels: 2))
}
