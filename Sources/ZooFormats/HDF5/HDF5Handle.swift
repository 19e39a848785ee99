import CHDF5
import ZooCore

#if canImport(Glibc)
  import Glibc
#else
  import Musl
#endif

/// The owner of a file that the HDF5 library holds open in memory.
final class HDF5Handle {
  let pointer: OpaquePointer
  /// The file, for messages.
  let place: String

  /// Opens the bytes of a file.
  convenience init(opening bytes: [UInt8], place: String) throws {
    try self.init(place: place) { out in
      bytes.withUnsafeBytes { zoo_hdf5_open($0.baseAddress, Int64($0.count), &out) }
    }
  }

  /// Makes an empty file.
  convenience init(creating place: String) throws { try self.init(place: place) { zoo_hdf5_create(&$0) } }

  private init(place: String, _ open: (inout OpaquePointer?) -> zoo_hdf5_status) throws {
    var pointer: OpaquePointer?
    let status = open(&pointer)
    guard let pointer else { throw Problem("out of memory", at: place) }
    self.pointer = pointer
    self.place = place
    try check(status)
  }

  deinit { zoo_hdf5_close(pointer) }

  /// Turns what the library says into a `Problem`; `inner` is what the call was about.
  func check(_ status: zoo_hdf5_status, _ inner: String = "") throws {
    let place = inner.isEmpty ? place : "\(place): \(inner)"
    switch status {
    case ZOO_HDF5_OK: return
    case ZOO_HDF5_ABSENT: throw Problem("is not in the file", at: place)
    default:
      throw Problem("cannot be used", at: place, found: String(cString: zoo_hdf5_message(pointer)))
    }
  }

  /// Strings as the library hands them out: behind each other, each ended by a zero byte.
  static func strings(_ text: UnsafeMutablePointer<CChar>?, count: Int64) -> [String] {
    var next = text
    return (0..<count).map { _ in
      guard let start = next else { return "" }
      let string = String(cString: start)
      next = start + strlen(start) + 1
      return string
    }
  }
}
