import Testing
import ZooCore
import ZooTracking

/// What goes over the line is HTTP/1.1 as RFC 9112 has it.
private func answer(_ status: String, _ body: String, _ fields: String = "") -> String {
  "HTTP/1.1 \(status)\r\n\(fields)Content-Length: \(body.utf8.count)\r\nConnection: close\r\n\r\n\(body)"
}

@Test func bodiesArePostedAsJSON() throws {
  let server = OneAnswer(answer("200 OK", #"{"run": {"id": "7"}}"#))
  let client = try MLflowClient(server.address, authorization: "Bearer secret")
  #expect(try client.post("runs/create", ["name": "ä"]) == ["run": ["id": "7"]])
  let asked = try #require(server.asked().first)
  #expect(asked.hasPrefix("POST /api/2.0/mlflow/runs/create HTTP/1.1\r\n"))
  #expect(asked.contains("\r\nContent-Type: application/json\r\n"))
  #expect(asked.contains("\r\nAuthorization: Bearer secret\r\n"))
  #expect(asked.hasSuffix("\r\n\r\n{\"name\":\"ä\"}"))
}

@Test func valuesThatAreAskedForAreEscaped() throws {
  let server = OneAnswer(answer("200 OK", "{}"))
  #expect(try MLflowClient(server.address).get("experiments/get-by-name", "name", "a b&c") == [:])
  let asked = try #require(server.asked().first)
  #expect(asked.hasPrefix("GET /api/2.0/mlflow/experiments/get-by-name?name=a%20b%26c HTTP/1.1\r\n"))
  #expect(!asked.contains("Authorization"))
}

@Test func redirectionsGetTheSameAgain() throws {
  let second = OneAnswer(answer("200 OK", #"{"ok": true}"#))
  let first = OneAnswer(answer("302 Found", "", "Location: \(second.address)/elsewhere\r\n"))
  let client = try MLflowClient(first.address, authorization: "Bearer secret")
  #expect(try client.post("runs/update", ["a": 1]) == ["ok": true])
  #expect(first.asked().count == 1)
  let asked = try #require(second.asked().first)
  #expect(asked.hasPrefix("POST /elsewhere HTTP/1.1\r\n") && asked.hasSuffix("{\"a\":1}"))
  // Another server has no business with the word.
  #expect(!asked.contains("secret"))
}

@Test(arguments: [
  (answer("404 Not Found", #"{"error_code": "ABSENT"}"#), "HTTP 404, ABSENT"),
  (answer("500 Internal Server Error", "{}"), "HTTP 500"),
  (answer("200 OK", "<html>"), "the answer is no JSON object (HTTP 200)"),
  ("", "no answer within 1 s"),
])
func whatFailsIsSaid(answer: String, text: String) throws {
  let server = OneAnswer(answer)
  let client = try MLflowClient(server.address, timeout: 1)
  let failure = #expect(throws: MLflowClient.Failure.self) { try client.post("runs/create", [:]) }
  #expect(failure?.description == text)
  _ = server.asked()
}
