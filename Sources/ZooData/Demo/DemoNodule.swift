import ZooCore

#if canImport(Glibc)
  import Glibc
#else
  import Musl
#endif

/// A synthetic nodule: a star-shaped body, a radius for every direction, and how it looks.
///
/// Label 0 is a smooth blob. Label 1 carries lobes or spikes as well. The body is scaled to a drawn volume, so that
/// size tells the classes apart only as far as the draw does: its AUC is about 0.64.
struct DemoNodule {
  /// A hump of the surface around a direction; the larger the sharpness, the narrower.
  private struct Bump {
    let direction: SIMD3<Float>
    let height: Float
    let sharpness: Float
  }

  private var bumps: [Bump] = []
  private var scale: Float = 1
  private let label: Int
  private let seed: Seed

  /// Draws a nodule of a class.
  init(label: Int, seed: Seed) {
    self.label = label
    self.seed = seed
    var chance = seed.child("shape").stream()
    addBumps(4, heights: -0.18...0.18, sharpness: 1.5...3, &chance)
    if label == 1 {
      if chance.unit() < 0.5 {
        addBumps(6 + chance.index(below: 4), heights: 0.2...0.45, sharpness: 9...16, &chance)
      } else {
        addBumps(10 + chance.index(below: 6), heights: 0.4...0.9, sharpness: 30...60, &chance)
      }
    }
    // The radius of a ball of the same volume, log-normal in mm: the classes' means are half a deviation apart.
    let deviation = 0.25
    let radius = 6.5 * exp(deviation * (max(-2.5, min(2.5, chance.normal())) + (label == 1 ? 0.5 : 0)))
    scale = Float(radius) / equivalentRadius()
  }

  private mutating func addBumps(
    _ count: Int, heights: ClosedRange<Float>, sharpness: ClosedRange<Float>, _ chance: inout RandomStream
  ) {
    for _ in 0..<count {
      let axis = SIMD3(Float(chance.normal()), Float(chance.normal()), Float(chance.normal()))
      bumps.append(
        Bump(
          direction: axis / max((axis * axis).sum().squareRoot(), 1e-6),
          height: Float.random(in: heights, using: &chance),
          sharpness: Float.random(in: sharpness, using: &chance)))
    }
  }

  /// The surface's distance from the middle in a direction of length 1.
  private func radius(_ direction: SIMD3<Float>) -> Float {
    var radius: Float = 1
    for bump in bumps {
      radius += bump.height * expf(bump.sharpness * ((bump.direction * direction).sum() - 1))
    }
    return scale * max(radius, 0.3)
  }

  /// The radius of a ball of the same volume, by directions spread evenly along a spiral.
  private func equivalentRadius() -> Float {
    let count = 512
    let golden = Float.pi * (3 - Float(5).squareRoot())
    var sum: Float = 0
    for index in 0..<count {
      let z = 1 - (2 * Float(index) + 1) / Float(count)
      let ring = (1 - z * z).squareRoot()
      let length = radius(SIMD3(ring * cosf(golden * Float(index)), ring * sinf(golden * Float(index)), z))
      sum += length * length * length
    }
    return cbrtf(sum / Float(count))
  }

  /// The volumes of an edge³ file, edge at least 32: a soft-edged, textured body in noise, and the body's voxels.
  func volumes(edge: Int) -> (voxel: [UInt8], seg: [Bool]) {
    var chance = seed.child("look").stream()
    var noise = seed.child("noise").stream()
    let middle =
      SIMD3(
        Float.random(in: -1...1, using: &chance), .random(in: -1...1, using: &chance),
        .random(in: -1...1, using: &chance))
      + Float(edge - 1) / 2
    let background = Float.random(in: 30...50, using: &chance)
    let body = Float.random(in: 130...190, using: &chance)
    let wave = SIMD3(
      Float.random(in: 0.3...0.8, using: &chance), .random(in: 0.3...0.8, using: &chance),
      .random(in: 0.3...0.8, using: &chance))
    let reach = min(scale * 2.2, Float(edge) / 2 - 1)

    var voxel = [UInt8](repeating: 0, count: edge * edge * edge)
    var seg = [Bool](repeating: false, count: voxel.count)
    var index = 0
    for z in 0..<edge {
      for y in 0..<edge {
        for x in 0..<edge {
          let offset = SIMD3(Float(x), Float(y), Float(z)) - middle
          let distance = (offset * offset).sum().squareRoot()
          var value = background
          if distance < reach {
            let depth = distance < 0.5 ? reach : radius(offset / distance) - distance
            seg[index] = depth > 0
            // The edge fades over two voxels.
            let share = max(0, min(1, depth / 2 + 0.5))
            if share > 0 {
              let texture = 14 * sinf(wave.x * offset.x) * cosf(wave.y * offset.y) * cosf(wave.z * offset.z)
              value += share * (body + texture - background)
            }
          }
          // The sum of eight random bytes is normal enough, and far cheaper than a logarithm.
          var bytes = noise.next()
          bytes = (bytes & 0x00FF_00FF_00FF_00FF) &+ ((bytes >> 8) & 0x00FF_00FF_00FF_00FF)
          let sum = (bytes &* 0x0001_0001_0001_0001) >> 48
          value += (Float(sum) - 1020) * (8 / 209)
          voxel[index] = UInt8(max(0, min(255, value.rounded())))
          index += 1
        }
      }
    }
    return (voxel, seg)
  }
}
