import Dispatch
import Foundation
import FoundationNetworking
import Synchronization
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
    self.address = address
    self.base = base
    self.authorization = authorization
    self.timeout = timeout
  }

  /// Posts a body; the answer.
  public func post(_ endpoint: String, _ body: JSONValue) throws -> [String: JSONValue] {
    var request = URLRequest(url: url(endpoint))
    request.httpMethod = "POST"
    request.httpBody = Data(body.text(indented: false).utf8)
    request.setValue("application/json", forHTTPHeaderField: "Content-Type")
    return try answer(to: request)
  }

  /// Asks for something by one value; the answer.
  public func get(_ endpoint: String, _ name: String, _ value: String) throws -> [String: JSONValue] {
    let url = url(endpoint).appending(queryItems: [URLQueryItem(name: name, value: value)])
    return try answer(to: URLRequest(url: url))
  }

  private func url(_ endpoint: String) -> URL { base.appending(path: "api/2.0/mlflow/\(endpoint)") }

  private func answer(to request: URLRequest) throws -> [String: JSONValue] {
    var request = request
    request.timeoutInterval = timeout
    if let authorization { request.setValue(authorization, forHTTPHeaderField: "Authorization") }
    let silence = "no answer within \(Int(timeout)) s"
    let text = { @Sendable (error: any Error) in
      (error as? URLError)?.code == .timedOut ? silence : error.localizedDescription
    }
    let received = Mutex<(data: Data?, status: Int?, error: String?)>((nil, nil, nil))
    let isDone = DispatchSemaphore(value: 0)
    let task = URLSession.shared.dataTask(with: request) { data, response, error in
      received.withLock {
        $0 = (data, (response as? HTTPURLResponse)?.statusCode, error.map(text))
      }
      isDone.signal()
    }
    task.resume()
    // The session's own time-out is for silence; one that sends a byte now and then shall not hold a training up either.
    guard isDone.wait(timeout: .now() + timeout + 1) == .success else {
      task.cancel()
      throw Failure(code: nil, description: silence)
    }
    let (data, status, error) = received.withLock { $0 }
    if let error { throw Failure(code: nil, description: error) }
    let body = data.flatMap { try? JSONValue(parsing: $0, from: "the answer") }
    guard case .object(let values) = body, let status else {
      throw Failure(code: nil, description: "the answer is no JSON object (HTTP \(status ?? 0))")
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
