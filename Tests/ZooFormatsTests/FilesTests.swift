import Testing
import ZooCore
import ZooFormats

@Suite("Files")
struct FilesTests {
  @Test("writing takes the place of the old file and leaves nothing else")
  func writing() throws {
    try withFolder { folder in
      let path = Files.join(folder, "a")
      try Files.writeAtomically("old and longer", to: path)
      try Files.writeAtomically("new", to: path)
      #expect(try Files.text(of: path) == "new")
      #expect(try Files.read(path) == Array("new".utf8))
      #expect(try Files.size(ofFile: path) == 3)
      #expect(try Files.list(folder) == ["a"])
      problem("\(path): file too large", "at most 2 bytes") { try Files.read(path, limit: 2) }
      try Files.remove(path)
      try Files.remove(path)
      #expect(!Files.exists(path))
    }
  }

  @Test("a failure leaves the old file and no temporary one")
  func failures() throws {
    try withFolder { folder in
      let path = Files.join(folder, "a")
      try Files.writeAtomically("old", to: path)
      problem("\(folder): is a folder") { try Files.writeAtomically("x", to: folder) }
      problem("\(path)/b: cannot write the file", "Not a directory") {
        try Files.writeAtomically("x", to: path + "/b")
      }
      // The temporary file can be made, but not be renamed to this.
      problem("cannot write the file", "File name too long") {
        try Files.writeAtomically("x", to: Files.join(folder, String(repeating: "n", count: 300)))
      }
      #expect(try Files.list(folder) == ["a"])
      #expect(try Files.text(of: path) == "old")
    }
  }

  @Test("a full disk is said to be full")
  func full() {
    problem("/dev/full: no space left; free some space") { try Files.writeAtomically("x", to: "/dev/full") }
  }

  @Test("devices are written to, not replaced")
  func devices() throws {
    try Files.writeAtomically("x", to: "/dev/null")
    #expect(try Files.read("/dev/null") == [])
  }

  @Test("folders")
  func folders() throws {
    try withFolder { folder in
      let deep = folder + "/b/c"
      try Files.makeFolder(deep)
      try Files.makeFolder(deep + "/")
      #expect(Files.isFolder(deep))
      try Files.writeAtomically("", to: folder + "/a")
      #expect(try Files.list(folder) == ["a", "b"])
      #expect(!Files.isFolder(folder + "/a"))
      problem("\(folder)/a: is a file: expected a folder") { try Files.makeFolder(folder + "/a/d") }
      // The processes that /proc holds are no folders that were meant.
      #expect {
        try Files.makeFolder("/proc/x")
      } throws: { error in
        "\(error)" == "/proc/x: cannot make the folder; choose another place"
      }
      problem("\(folder)/no: no such file or folder") { try Files.list(folder + "/no") }
      problem("\(folder)/b: is a folder") { try Files.read(folder + "/b") }
    }
  }

  @Test("parts of paths")
  func paths() {
    #expect(Files.join("a", "b") == "a/b")
    #expect(Files.join("a/", "b") == "a/b")
    #expect(Files.join("", "b") == "b")
    #expect(Files.folder(of: "a/b") == "a")
    #expect(Files.folder(of: "b") == ".")
    #expect(Files.folder(of: "/b") == "/")
  }
}
