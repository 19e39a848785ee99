import Testing
import ZooCore

@Test(
  arguments: [
    ("stem", "stem", true), ("stem", "stem.weight", false), ("stem*", "stem.weight", true), ("*", "", true),
    ("", "", true), ("", "a", false), ("block?.*", "block1.conv", true), ("block?.*", "block10.conv", false),
    ("*.bias", "block1.conv.bias", true), ("*a*b", "xaab", true), ("*a*b", "xaabc", false),
    ("a?", "a", false),
    ("*aab", "aaaab", true), ("[a]", "a", false),
  ])
func globsMatchWholeNames(pattern: String, name: String, matches: Bool) {
  #expect(Glob(pattern).matches(name) == matches)
}

@Test func aGlobOfManyStarsDoesNotTakeForever() {
  #expect(
    !Glob(String(repeating: "*a", count: 40)).matches(
      String(repeating: "a", count: 39) + String(repeating: "b", count: 5000)))
}
