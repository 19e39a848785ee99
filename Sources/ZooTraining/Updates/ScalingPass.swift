/// to ← factor·from, where both may be the same.
struct ScalingPass: ParameterPass {
  let from: UnsafeMutablePointer<Float>
  let to: UnsafeMutablePointer<Float>
  let factor: Float

  func callAsFunction(start: Int, count: Int, decays: Bool) -> Double {
    for n in start..<start + count { to[n] = factor * from[n] }
    return 0
  }
}
