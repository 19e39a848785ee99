/// Brings values [D, H, W] to another size, linear in each axis; voxels fill the same box, and those at the border go on beyond
/// it (PyTorch's `interpolate` with `align_corners=False`).
package func trilinear(_ values: [Float], from: [Int], to: [Int]) -> [Float] {
  var (result, axes) = (values, from)
  for axis in 0..<3 where from[axis] != to[axis] {
    let (outer, inner) = (axes[..<axis].reduce(1, *), axes[(axis + 1)...].reduce(1, *))
    var next = [Float](repeating: 0, count: outer * to[axis] * inner)
    for position in 0..<to[axis] {
      let place = (Double(position) + 0.5) * Double(from[axis]) / Double(to[axis]) - 0.5
      let held = min(max(place, 0), Double(from[axis] - 1))
      let low = Int(held)
      let (high, part) = (min(low + 1, from[axis] - 1), Float(held - Double(low)))
      for block in 0..<outer {
        for index in 0..<inner {
          let a = result[(block * from[axis] + low) * inner + index]
          let b = result[(block * from[axis] + high) * inner + index]
          next[(block * to[axis] + position) * inner + index] = a + part * (b - a)
        }
      }
    }
    axes[axis] = to[axis]
    result = next
  }
  return result
}
