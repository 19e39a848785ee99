import FoundationEssentials
import ZooCore
import ZooFormats

/// An event file that TensorBoard reads while it grows.
final class EventFile {
  private let file: AppendedFile
  /// Whether there is none before it.
  let isFirst: Bool
  private var pending: [UInt8] = []
  private var lastFlush = ContinuousClock.now

  /// Makes a new file in a folder, behind those that are there, for events from a step on.
  init(in folder: String, from step: Int) throws {
    try Files.makeFolder(folder)
    // TensorBoard reads files in the order of their names.
    let number = try Files.list(folder).count { $0.contains(EventFile.mark) }
    isFirst = number == 0
    let seconds = Int(EventFile.now)
    let name = "events.out.\(EventFile.mark).\(seconds).voxelzoo.\(String("000\(number)".suffix(4)))"
    file = try AppendedFile(creating: Files.join(folder, name))
    add(.version, step: 0)
    add(.start, step: step)
    try flush()
  }

  /// What TensorBoard knows event files by.
  static let mark = "tfevents"

  /// Seconds since 1970.
  static var now: Double { Date.now.timeIntervalSince1970 }

  /// Adds an event, which is written with the next ones.
  func add(_ content: TensorBoardEvent.Content, step: Int) {
    let event = TensorBoardEvent(wallTime: EventFile.now, step: step, content)
    pending += TFRecord.framed(event.message.bytes)
  }

  /// Writes what was added, if that was not done for some seconds.
  func flushNowAndThen() throws {
    if ContinuousClock.now - lastFlush > .seconds(5) { try flush() }
  }

  /// Writes what was added.
  func flush() throws {
    guard !pending.isEmpty else { return }
    lastFlush = .now
    try file.append(pending)
    pending.removeAll(keepingCapacity: true)
  }
}
