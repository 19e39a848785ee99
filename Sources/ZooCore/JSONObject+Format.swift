extension JSONObject {
  /// Reads `format`, by which a file of ours says what it is; a file of another kind is a `Problem`: "not `what`".
  public mutating func requireFormat(_ format: String, of what: String) throws {
    let found = try string("format")
    guard found == format else {
      throw Problem("not \(what)", at: path("format"), expected: "\"\(format)\"", found: "\"\(found)\"")
    }
  }
}
