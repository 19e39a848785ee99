import CCurl

/// What is asked of a web server, once.
struct WebExchange {
  /// Why no server has answered.
  enum Silence: Error {
    case timedOut
    case failed(String)
  }

  let url: String
  /// What HTTP's field of that name says, or nil.
  let authorization: String?
  /// JSON that is posted; nil asks with GET.
  let body: [UInt8]?

  /// The answer, which may take `timeout` seconds from the look-up of the name to its last byte.
  func answer(within timeout: Double) throws(Silence) -> (status: Int, body: [UInt8]) {
    var answer = zoo_curl_answer()
    defer { zoo_curl_free(&answer) }
    let field = authorization.map { Array("Authorization: \($0)".utf8CString) }
    let result = url.withCString { url in
      field.withPointer { field in
        body.withPointer { bytes in
          var request = zoo_curl_request(
            url: url, authorization: field, body: bytes, bytes: Int64(body?.count ?? 0),
            timeout: Int64(timeout * 1000))
          return zoo_curl_exchange(&request, &answer)
        }
      }
    }
    guard result == 0 else {
      if answer.has_timed_out != 0 { throw .timedOut }
      let text = withUnsafeBytes(of: answer.error) { Array($0.prefix { $0 != 0 }) }
      throw .failed(String(decoding: text, as: UTF8.self))
    }
    return (Int(answer.status), [UInt8](UnsafeRawBufferPointer(start: answer.body, count: Int(answer.bytes))))
  }
}

extension Optional {
  /// A pointer to the elements, or nil where there is no array.
  fileprivate func withPointer<Element, Result>(_ work: (UnsafePointer<Element>?) -> Result) -> Result
  where Wrapped == [Element] {
    guard let self else { return work(nil) }
    return self.withUnsafeBufferPointer { work($0.baseAddress) }
  }
}
