import Testing
import ZooTraining

@Test func aPlanForecastsByTheWorkThatIsDone() {
  let plan = PlannedRun.plan([(name: "small", work: 1), (name: "large", work: 3)])
  #expect(
    plan.map(\.name) == ["small", "large"] && plan.map(\.number) == [1, 2] && plan.map(\.count) == [2, 2])
  // Half of the small one in 5 s: an eighth of all.
  #expect(plan[0].secondsLeft(done: 0.5, elapsed: 5) == 35)
  #expect(plan[1].secondsLeft(done: 0, elapsed: 10) == 30)
  #expect(plan[1].secondsLeft(done: 1, elapsed: 40) == 0)
  #expect(plan[0].secondsLeft(done: 0, elapsed: 1) == nil)
  #expect(PlannedRun(only: "one").secondsLeft(done: 0.25, elapsed: 1) == 3)
  #expect(PlannedRun.plan([(name: "no work", work: 0)])[0].secondsLeft(done: 1, elapsed: 1) == nil)
}
