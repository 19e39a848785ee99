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

/// What is known in the middle of a training.
private var trained: ProgressLine {
  var line = line
  line.subject = "densenet fold2 (2 of 5)"
  line.losses = [0.71, 0.62, 0.5, 0.44, 0.43]
  line.aucs = [0.5, 0.61, .nan, 0.72, 0.883]
  return line
}

@Test(arguments: [
  (
    120,
    "densenet fold2 (2 of 5)  epoch 3/40  █████░░░░░  640/1,257  163 samples/s  4 s left  loss 0.4123 █▆▃▁▁▁  AUC 0.883 ▁▃×▅█"
  ),
  (
    108,
    "densenet fold2 (2 of 5)  epoch 3/40  ████░░░░░  163 samples/s  4 s left  loss 0.4123 █▆▃▁▁▁  AUC 0.883 ▁▃×▅█"
  ),
  (79, "epoch 3/40  ████░░░░  163 samples/s  4 s left  loss 0.4123 █▃▂▁  AUC 0.883 ▁×▄█"),
])
func progressWithEpochsToLookBackOn(width: Int, text: String) {
  #expect(trained.text(width: width) == text)
}

@Test func progressNeverIsWiderThanTheTerminal() {
  for width in 0...200 { #expect(trained.text(width: width).count == width) }
}

@Test func sparklines() {
  #expect(Sparkline.text([0, 1, 2, 3, 4, 5, 6, 7], width: 8) == "▁▂▃▄▅▆▇█")
  #expect(Sparkline.text([9, 0, 7], width: 2) == "▁█")
  #expect(Sparkline.text([0.5, 0.5, 0.5], width: 8) == "▅▅▅")
  #expect(Sparkline.text([1, .nan, 2, .infinity], width: 8) == "▁×█×")
  #expect(Sparkline.text([.nan], width: 8) == "×")
  #expect(Sparkline.text([-1.7e308, 1.7e308], width: 8) == "▁█")
  #expect(Sparkline.text([], width: 8) == "" && Sparkline.text([1, 2], width: 0) == "")
}

@Test func progressAtItsEnds() {
  #expect(ProgressLine("x", done: 0, of: 0).text(width: 16) == "x  ░░░░░░░░  0/0")
  #expect(ProgressLine("x", done: 4, of: 4).text(width: 16) == "x  ████████  4/4")
  #expect(ProgressLine("x", done: 9, of: 4).text(width: 16) == "x  ████████  9/4")
}
