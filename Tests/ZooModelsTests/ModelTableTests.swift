import Testing
import ZooCore
import ZooModels
import ZooVolume

private func table(_ name: String, detailed: Bool = false) throws -> ModelTable {
  try ModelTable(of: Zoo(folders: [modelsFolder]).find(name), registry: builtIn(), detailed: detailed)
}

@Test func densenetTableHasARowForEveryLayer() throws {
  let table = try table("densenet")
  #expect(table.input == Shape(channels: 1, axes: [32, 32, 32]))
  let rows = table.rows.map {
    "\($0.name) \($0.type) \($0.output) \($0.parameters) \($0.multiplyAdds)"
  }
  // Block 1 by hand: its layers read C = 32, 48, 64, 80 channels and have C·2 + C·64 + 128 + 64·16·27 + 16
  // parameters; multiply-adds are (C·64 + 64·16·27)·32³.
  let expected: [String] = [
    "scale_1 scale 1×32×32×32 0 0",
    "stem conv3d 32×32×32×32 896 28311552",
    "block1 dense_block 96×32×32×32 125952 4093640704",
    "transition1 transition 48×16×16×16 4848 150994944",
    "block2 dense_block 112×16×16×16 130176 528482304",
    "transition2 transition 56×8×8×8 6552 25690112",
    "block3 dense_block 120×8×8×8 132288 67108864",
    "norm batch_norm 120×8×8×8 240 0",
    "relu_1 relu 120×8×8×8 0 0",
    "global_avg_pool_1 global_avg_pool 120 0 0",
    "head dense 2 242 240",
    "softmax_1 softmax 2 0 0",
  ]
  #expect(rows == expected)
  #expect(table.parameters == 401_194)
  #expect(table.multiplyAdds == 4_894_228_720)
}

@Test(arguments: ["densenet", "resnet18", "shallow_cnn", "slice_cnn"])
func detailedTableAddsUpToTheSame(_ name: String) throws {
  let (layers, operations) = (try table(name), try table(name, detailed: true))
  #expect(operations.rows.count >= layers.rows.count)
  #expect(operations.parameters == layers.parameters)
  #expect(operations.multiplyAdds == layers.multiplyAdds)
  #expect(operations.rows.last?.output == Shape(channels: 2))
}

@Test func detailedTableShowsPaths() throws {
  let row = try #require(
    try table("resnet18", detailed: true).rows.first { $0.name == "stage2.block1.shortcut.conv" })
  #expect(row.type == "conv3d")
  #expect(row.output == Shape(channels: 128, axes: [8, 8, 8]))
  #expect(row.parameters == 64 * 128)
  #expect(row.multiplyAdds == 64 * 128 * 512)
}
