import Testing
import ZooCore
import ZooFormats

#if canImport(Glibc)
  import Glibc
#else
  import Musl
#endif

/// The path of a committed fixture.
func fixture(_ name: String, file: String = #filePath) -> String {
  "\(Files.folder(of: file))/../Fixtures/formats/\(name)"
}

/// Runs `body` with a new folder that is removed afterwards.
func withFolder<T>(_ body: (String) throws -> T) throws -> T {
  var template = Array("/tmp/zoo-formats-XXXXXX".utf8CString)
  try #require(mkdtemp(&template) != nil)
  let path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  defer {
    removeFolder(path)
  }
  return try body(path)
}

/// Removes a folder with the files and folders in it.
private func removeFolder(_ path: String) {
  for name in (try? Files.list(path)) ?? [] {
    let inner = Files.join(path, name)
    if Files.isFolder(inner) { removeFolder(inner) } else { unlink(inner) }
  }
  rmdir(path)
}

/// Writes bytes without waiting for the disk.
func put(_ bytes: [UInt8], _ path: String) throws {
  unlink(path)  // some file systems flush a file that is truncated and written anew
  let file = try #require(fopen(path, "w"))
  defer { fclose(file) }
  try #require(fwrite(bytes, 1, bytes.count, file) == bytes.count)
}

/// The problem that `body` throws; anything else fails the test.
@discardableResult
func problem<T>(
  _ parts: String..., sourceLocation: SourceLocation = #_sourceLocation, _ body: () throws -> T
) -> Problem? {
  do {
    _ = try body()
    Issue.record("no problem, expected one with \(parts)", sourceLocation: sourceLocation)
    return nil
  } catch let problem as Problem {
    let line = "\(problem)"
    #expect(!line.contains("\n"), sourceLocation: sourceLocation)
    for part in parts where !line.contains(part) {
      Issue.record("\"\(line)\" does not say \"\(part)\"", sourceLocation: sourceLocation)
    }
    return problem
  } catch {
    Issue.record("\(error) is no Problem", sourceLocation: sourceLocation)
    return nil
  }
}

/// Element i of the fixtures' arrays, as formats.py makes them.
func ramp(_ type: ElementType, count: Int = 24) -> [Double] {
  (0..<count).map { i in
    switch type {
    case .bool: i % 3 == 0 ? 1 : 0
    case .uint8, .uint16, .uint32, .uint64: Double(5 * i)
    case .int8, .int16, .int32, .int64: Double(5 * i - 60)
    case .float16, .bfloat16, .float32, .float64: Double(i) / 4 - 1.5
    }
  }
}

/// All types that NumPy has.
let numpyTypes = ElementType.allCases.filter { $0 != .bfloat16 }
