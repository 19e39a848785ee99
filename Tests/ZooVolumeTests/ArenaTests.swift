import Testing
import ZooVolume

@Test func anArenaIsZeroedAndAligned() throws {
  guard let arena = Arena(bytes: 5 << 20) else {
    Issue.record("no arena of 5 MB")
    return
  }
  #expect(Int(bitPattern: arena.base) % 64 == 0)
  #expect(arena.bytes == 5 << 20)
  let floats = arena.floats(at: 64)
  #expect((0..<1000).allSatisfy { floats[$0] == 0 })
  floats[999] = 1
  #expect(arena.floats(at: 64 + 999 * 4)[0] == 1)
}

@Test func anArenaOfNothingIsNoFailure() {
  let isThere = if let arena = Arena(bytes: 0) { arena.bytes == 0 } else { false }
  #expect(isThere)
}

@Test func anArenaThatNoMachineHasIsRefused() {
  let isThere = if let arena = Arena(bytes: 1 << 60) { arena.bytes > 0 } else { false }
  #expect(!isThere)
}

@Test func shapesCountAndDescribeThemselves() {
  let shape = Shape(channels: 3, axes: [4, 5, 6])
  #expect(shape.voxels == 120)
  #expect(shape.count == 360)
  #expect(shape.description == "3×4×5×6")
  #expect(Shape(channels: 7).isVector)
  #expect(Shape(channels: 7).description == "7")
}
