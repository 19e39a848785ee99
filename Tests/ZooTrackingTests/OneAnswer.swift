import Glibc

/// A server on this machine that takes one exchange for each of its answers, in order, and keeps what was asked.
///
/// Answers go out as they are; an empty one holds the line until the client gives up.
final class OneAnswer: @unchecked Sendable {
  /// `http://127.0.0.1:PORT`.
  let address: String
  private let listener: Int32
  private var thread = pthread_t()
  private let answers: [String]
  /// Written by the thread, read once it has ended.
  private var requests: [String] = []

  init(_ answers: String...) {
    self.answers = answers
    let port: UInt16
    (listener, port) = OneAnswer.listen()
    address = "http://127.0.0.1:\(port)"
    let this = Unmanaged.passRetained(self).toOpaque()
    pthread_create(
      &thread, nil,
      { pointer in
        guard let pointer else { return nil }
        Unmanaged<OneAnswer>.fromOpaque(pointer).takeRetainedValue().serve()
        return nil
      }, this)
  }

  /// A socket on a port that was free.
  private static func listen() -> (socket: Int32, port: UInt16) {
    let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var place = sockaddr_in()
    place.sin_family = sa_family_t(AF_INET)
    place.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    withUnsafeMutablePointer(to: &place) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        _ = bind(listener, $0, length)
        _ = Glibc.listen(listener, 8)
        _ = getsockname(listener, $0, &length)
      }
    }
    return (listener, UInt16(bigEndian: place.sin_port))
  }

  /// What was asked, once all answers are given.
  func asked() -> [String] {
    pthread_join(thread, nil)
    close(listener)
    return requests
  }

  private func serve() {
    for answer in answers {
      let line = accept(listener, nil, nil)
      requests.append(request(from: line))
      if answer.isEmpty {
        var byte: UInt8 = 0
        while recv(line, &byte, 1, 0) > 0 {}
      }
      var text = answer
      text.withUTF8 { _ = send(line, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
      close(line)
    }
  }

  /// Head and body, as long as the head says.
  private func request(from line: Int32) -> String {
    var bytes: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: 4096)
    while true {
      let text = String(decoding: bytes, as: UTF8.self)
      let parts = text.split(separator: "\r\n\r\n", maxSplits: 1, omittingEmptySubsequences: false)
      if parts.count == 2 {
        let length = parts[0].split(separator: "\r\n").first { $0.hasPrefix("Content-Length: ") }
        if parts[1].utf8.count >= length.flatMap({ Int($0.dropFirst(16)) }) ?? 0 { return text }
      }
      let count = recv(line, &piece, piece.count, 0)
      guard count > 0 else { return text }
      bytes += piece[..<count]
    }
  }
}
