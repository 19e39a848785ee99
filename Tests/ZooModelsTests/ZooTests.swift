import FoundationEssentials
import Testing
import ZooCore
import ZooModels

/// A folder that goes when the test ends.
private final class Folder {
  let path: String

  init() throws {
    path = FileManager.default.temporaryDirectory.appending(path: "zoo-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func write(_ text: String, to file: String) throws {
    try Data(text.utf8).write(to: URL(fileURLWithPath: "\(path)/\(file)"))
  }
}

private func network(_ name: String, size: Int = 4) -> String {
  let layers = "[{\"type\":\"flatten\"},{\"type\":\"dense\",\"units\":2},{\"type\":\"softmax\"}]"
  return "{\"name\":\"\(name)\",\"input\":{\"size\":\(size)},\"layers\":\(layers)}"
}

private func message(_ run: () throws -> some Any) throws -> String {
  try #require(#expect(throws: Problem.self) { _ = try run() }).description
}

@Test func modelsAreFoundByNameInOrder() throws {
  let (first, second) = (try Folder(), try Folder())
  try first.write(network("one", size: 5), to: "one.json")
  try second.write(network("one", size: 6), to: "one.json")
  try second.write(network("two"), to: "two.json")
  try second.write("{}", to: "schema.json")
  let zoo = Zoo(folders: ["/nowhere/at/all", first.path, second.path])
  #expect(try zoo.find("one").input.size == [5, 5, 5])
  #expect(try zoo.find("two").input.size == [4, 4, 4])
  #expect(try zoo.find("\(second.path)/one.json").input.size == [6, 6, 6])
  #expect(zoo.list().map(\.name) == ["one", "two"])
  #expect(zoo.list().map(\.file) == ["\(first.path)/one.json", "\(second.path)/two.json"])
}

@Test func anUnknownModelNamesItsNeighbours() throws {
  let folder = try Folder()
  let zoo = Zoo(folders: [folder.path])
  #expect(
    try message { try zoo.find("densnet") }
      == "unknown model \"densnet\"; there are no models; searched \(folder.path)")
  try folder.write(network("densenet"), to: "densenet.json")
  try folder.write(network("resnet18"), to: "resnet18.json")
  #expect(
    try message { try zoo.find("densnet") }
      == "unknown model \"densnet\"; did you mean \"densenet\"? There are: densenet, resnet18; searched \(folder.path)"
  )
}

@Test func brokenFilesAreListedWithWhatIsWrong() throws {
  let folder = try Folder()
  try folder.write("{\n  \"name\": \"broken\",\n  \"input\" 3\n}", to: "broken.json")
  try folder.write(network("densenet"), to: "copy.json")
  try folder.write(network("good"), to: "good.json")
  let entries = Zoo(folders: [folder.path]).list()
  #expect(entries.map(\.name) == ["broken", "copy", "good"])
  let problems = entries.map { entry in
    if case .failure(let problem) = entry.architecture { problem.description } else { "" }
  }
  #expect(
    problems == [
      "\(folder.path)/broken.json: line 3, column 11: not valid JSON: expected \":\" after the key \"input\"",
      "\(folder.path)/copy.json: name: the model's name is not its file's: expected \"copy\", "
        + "found \"densenet\"; rename one of them",
      "",
    ])
}

@Test func filesThatCannotBeReadAreNamed() throws {
  let folder = try Folder()
  let zoo = Zoo(folders: [])
  #expect(
    try message { try zoo.find("\(folder.path)/none.json") }
      == "\(folder.path)/none.json: no such file; check the path")
  #expect(
    try message { try zoo.find("\(folder.path)/") }
      == "\(folder.path)/: not a file: expected an architecture file (JSON)")
  #expect(
    try message { try zoo.find("/dev/zero") } == "/dev/zero: not a file: expected an architecture file (JSON)"
  )
  try Data(count: (1 << 24) + 1).write(to: URL(fileURLWithPath: "\(folder.path)/big.json"))
  #expect(
    try message { try zoo.find("\(folder.path)/big.json") }.hasPrefix(
      "\(folder.path)/big.json: too large for an architecture file: expected at most 16 MB, found 16777217 bytes"
    ))
  try FileManager.default.createSymbolicLink(
    atPath: "\(folder.path)/link.json", withDestinationPath: "\(modelsFolder)/densenet.json")
  #expect(try zoo.find("\(folder.path)/link.json").name == "densenet")
}

@Test func searchPathGoesFromTheUserToTheCurrentFolder() throws {
  let (option, environment) = (try Folder(), try Folder())
  #expect(
    try Zoo.searchPath(
      option: option.path, environment: environment.path, executable: "/opt/zoo/bin/voxelzoo",
      currentFolder: "/home/someone")
      == [option.path, environment.path, "/opt/zoo/share/voxelzoo/models", "/home/someone/Models"])
  #expect(
    try Zoo.searchPath(option: nil, environment: "", executable: nil, currentFolder: "/home/someone")
      == ["/home/someone/Models"])
  #expect(
    try message {
      try Zoo.searchPath(option: "/nowhere", environment: nil, executable: nil, currentFolder: "/")
    } == "--models: no such folder: found /nowhere; name a folder of architecture files")
}
