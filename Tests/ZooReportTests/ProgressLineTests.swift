import Testing
import ZooReport

private let line = ProgressLine(
  "epoch 3/40", done: 640, of: 1257, rate: 163.4, secondsLeft: 3.78, loss: 0.41231)

@Test func progressWithABar() {
  #expect(
    line.text(width: 92)
      == "epoch 3/40  ███████████████░░░░░░░░░░░░░░░  640/1,257  163 samples/s  4 s left  loss 0.4123 ")
  #expect(
    line.text(width: 76) == "epoch 3/40  ███████░░░░░░░░  640/1,257  163 samples/s  4 s left  loss 0.4123"
  )
}

@Test(arguments: [
  (60, "epoch 3/40  640/1,257  163 samples/s  4 s left  loss 0.4123 "),
  (50, "epoch 3/40  640/1,257  163 samples/s  4 s left    "),
  (22, "epoch 3/40  640/1,257 "), (12, "epoch 3/40  "), (5, "epoch"), (0, ""), (-3, ""),
])
func progressOnANarrowTerminal(width: Int, text: String) {
  #expect(line.text(width: width) == text)
}

@Test func progressForALog() {
  #expect(line.plain == "epoch 3/40  640/1,257  163 samples/s  4 s left  loss 0.4123")
  #expect(ProgressLine("reading", done: 0, of: 12).plain == "reading  0/12")
  #expect(
    ProgressLine("slow", done: 1, of: 12, rate: 0.24, loss: .nan).plain
      == "slow  1/12  0.2 samples/s  loss nan")
}

@Test func progressAtItsEnds() {
  #expect(ProgressLine("x", done: 0, of: 0).text(width: 16) == "x  ░░░░░░░░  0/0")
  #expect(ProgressLine("x", done: 4, of: 4).text(width: 16) == "x  ████████  4/4")
  #expect(ProgressLine("x", done: 9, of: 4).text(width: 16) == "x  ████████  9/4")
}
