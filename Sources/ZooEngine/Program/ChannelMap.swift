/// Where a tensor's channels stand in memory: blocks of 16, and each part of a concatenation begins a block of its own, so
/// that concatenating never moves data. Places that hold no channel are padding.
struct ChannelMap: Hashable, Sendable {
  /// Place of every channel.
  let places: [Int32]
  /// Places in all, a multiple of 16.
  let stored: Int

  /// Channels one after the other.
  init(channels: Int) {
    places = (0..<Int32(channels)).map(\.self)
    stored = (channels + 15) / 16 * 16
  }

  /// The channels of several tensors behind each other.
  init(joining parts: [ChannelMap]) {
    var places: [Int32] = []
    var start: Int32 = 0
    for part in parts {
      places += part.places.map { $0 + start }
      start += Int32(part.stored)
    }
    self.places = places
    stored = Int(start)
  }

  /// A plain layout without blocks, for the input of a first convolution.
  init(plain channels: Int) {
    places = (0..<Int32(channels)).map(\.self)
    stored = channels
  }

  var channels: Int { places.count }
  var blocks: Int { stored / 16 }

  /// Whether channel c stands at place c and there is no padding.
  var isTrivial: Bool { stored == channels }
}
