/// For every input of every step: does its gradient come first, or add to what others have left there?
struct GradientFlow: Sendable {
  struct Entry: Sendable {
    var accumulates: Bool
    /// Places, counted from the input's first, where nothing has been left yet although elsewhere something has.
    var clears: [Range<Int>]
  }

  private var entries: [[Entry?]]

  init(_ program: Program, _ schedule: Schedule) {
    entries = program.steps.map { Array(repeating: nil, count: $0.inputs.count) }
    var written: [Int: [Bool]] = [:]
    func mark(_ places: Places) -> Entry {
      let stored = program.storages[places.root].map.stored
      var flags = written[places.root] ?? Array(repeating: false, count: stored / 16)
      let blocks = places.range.lowerBound / 16..<places.range.upperBound / 16
      let empty = blocks.filter { !flags[$0] }
      for block in blocks { flags[block] = true }
      written[places.root] = flags
      guard !empty.isEmpty, empty.count < blocks.count else {
        return Entry(accumulates: empty.isEmpty, clears: [])
      }
      let clears = empty.map {
        ($0 * 16 - places.range.lowerBound)..<($0 * 16 - places.range.lowerBound + 16)
      }
      return Entry(accumulates: true, clears: clears)
    }
    _ = mark(program.places(of: program.output))
    for index in schedule.backward.flatMap(\.steps) {
      for (input, view) in program.steps[index].inputs.enumerated()
      where program.storages[view.storage].needsGradient {
        entries[index][input] = mark(program.places(of: view.storage))
      }
    }
  }

  /// What holds for one input of a step, or nil where its gradient is not wanted.
  subscript(step: Int, input: Int) -> Entry? { entries[step][input] }
}
