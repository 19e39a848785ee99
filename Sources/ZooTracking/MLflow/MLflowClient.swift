import FoundationEssentials
public import ZooCore

/// Calls of an MLflow server's REST interface, version 2.0; each waits for its answer, but not for long.
public struct MLflowClient: Sendable {
  /// Why a call has failed.
  public struct Failure: Error, CustomStringConvertible {
    /// The server's word for it, where it has one: `RESOURCE_DOES_NOT_EXIST`.
    public let code: String?
    /// One line for people.
    public let description: String
  }

  /// The server's address, as it was named.
  public let address: String
  private let base: URL
  private let authorization: String?
  private let timeout: Double

  /// A client of the server at `http://HOST:PORT` or `https://…`; anything else is a `Problem`. `authorization` is what
  /// HTTP's header of that name says; an answer may take `timeout` seconds.
  public init(_ address: String, authorization: String? = nil, timeout: Double = 5) throws {
    guard let base = URL(string: address), ["http", "https"].contains(base.scheme), base.host() != nil else {
      throw Problem(
        "not the address of an MLflow server", expected: "http://HOST:PORT", found: "\"\(address)\"",
        next: "start one: mlflow server")
    }
    if authorization?.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) == true {
      throw Problem(
        "a token, name or password with a line break or another control character in it",
        next: "set MLFLOW_TRACKING_TOKEN without it")
    }
    self.address = address
    self.base = base
    self.authorization = authorization
    self.timeout = timeout
  }

  /// Posts a body; the answer.
  public func post(_ endpoint: String, _ body: JSONValue) throws -> [String: JSONValue] {
    try answer(of: url(endpoint), to: Array(body.text(indented: false).utf8))
  }

  /// Asks for something by one value; the answer.
  public func get(_ endpoint: String, _ name: String, _ value: String) throws -> [String: JSONValue] {
    try answer(of: url(endpoint).appending(queryItems: [URLQueryItem(name: name, value: value)]), to: nil)
  }

  private func url(_ endpoint: String) -> URL { base.appending(path: "api/2.0/mlflow/\(endpoint)") }

  private func answer(of url: URL, to body: [UInt8]?) throws -> [String: JSONValue] {
    let exchange = WebExchange(url: url.absoluteString, authorization: authorization, body: body)
    let (status, answer): (Int, [UInt8])
    do {
      (status, answer) = try exchange.answer(within: timeout)
    } catch .timedOut {
      throw Failure(code: nil, description: "no answer within \(Int(timeout)) s")
    } catch .failed(let why) {
      throw Failure(code: nil, description: why)
    }
    guard case .object(let values)? = try? JSONValue(parsing: answer, from: "the answer") else {
      throw Failure(code: nil, description: "the answer is no JSON object (HTTP \(status))")
    }
    guard (200..<300).contains(status) else {
      guard case .string(let code) = values["error_code"] else {
        throw Failure(code: nil, description: "HTTP \(status)")
      }
      throw Failure(code: code, description: "HTTP \(status), \(code)")
    }
    return values
  }
}
