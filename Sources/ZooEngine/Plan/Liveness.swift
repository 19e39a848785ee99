/// Buffers that share one block of memory: each lives over a range of stages, and two that live at once never overlap.
///
/// Largest first, each at the lowest free offset (as in Pisarchyk, Lee 2020, "greedy by size").
struct Liveness {
  struct Buffer {
    var bytes: Int
    var first: Int
    var last: Int
    var offset = 0
  }

  private(set) var buffers: [Buffer] = []
  /// Bytes of the block.
  private(set) var bytes = 0

  /// Adds a buffer that has not been used yet.
  mutating func add(bytes: Int) -> Int {
    buffers.append(Buffer(bytes: (bytes + 63) / 64 * 64, first: .max, last: .min))
    return buffers.count - 1
  }

  /// Says that a buffer is written or read in a stage.
  mutating func use(_ buffer: Int, at stage: Int) {
    buffers[buffer].first = min(buffers[buffer].first, stage)
    buffers[buffer].last = max(buffers[buffer].last, stage)
  }

  /// Gives every buffer its offset.
  mutating func place() {
    let order = buffers.indices.filter { buffers[$0].first <= buffers[$0].last }
      .sorted { (buffers[$0].bytes, $1) > (buffers[$1].bytes, $0) }
    var placed: [Int] = []
    for index in order {
      let rivals = placed.filter {
        buffers[$0].first <= buffers[index].last && buffers[index].first <= buffers[$0].last
      }.sorted { buffers[$0].offset < buffers[$1].offset }
      var offset = 0
      for rival in rivals {
        if buffers[rival].offset >= offset + buffers[index].bytes { break }
        offset = max(offset, buffers[rival].offset + buffers[rival].bytes)
      }
      buffers[index].offset = offset
      bytes = max(bytes, offset + buffers[index].bytes)
      placed.append(index)
    }
  }
}
