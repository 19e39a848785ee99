import FoundationEssentials
import Testing
import ZooCore
import ZooTestSupport
import ZooTraining

#if canImport(Glibc)
  import Glibc
#else
  import Musl
#endif

/// An ellipsoid as scripts/fixtures/shapes.py makes it.
private func ellipsoid(_ size: [Int], _ centre: [Double], _ radii: [Double], _ angle: Double) -> [UInt8] {
  var mask: [UInt8] = []
  for d in 0..<size[0] {
    for h in 0..<size[1] {
      for w in 0..<size[2] {
        let (z, y, x) = (Double(d) - centre[0], Double(h) - centre[1], Double(w) - centre[2])
        let (v, u) = (cos(angle) * y - sin(angle) * x, sin(angle) * y + cos(angle) * x)
        let (a, b, c) = (z / radii[0], v / radii[1], u / radii[2])
        mask.append(a * a + b * b + c * c <= 1 ? 1 : 0)
      }
    }
  }
  return mask
}

@Test func masksAreMeasuredAsSciPyDoes() throws {
  let path = #filePath.replacing(
    "ZooTrainingTests/MaskShapeTests.swift", with: "Fixtures/training/shapes.json")
  let bytes = try #require(FileManager.default.contents(atPath: path))
  for value in try JSONValue(parsing: bytes, from: path).elements {
    func numbers(_ key: String) throws -> [Double] { try value.at(key).elements.map { try $0.double } }
    let size = try numbers("size").map { Int($0) }
    let mask = ellipsoid(size, try numbers("centre"), try numbers("radii"), try value.at("angle").double)
    let shape = MaskShape(mask: mask, axes: size)
    #expect(Double(shape.volume) == (try value.at("volume").double))
    #expect(Double(shape.surface) == (try value.at("surface").double))
    #expect(shape.extents.map(Double.init) == (try numbers("extents")))
    expectClose(shape.axes, try numbers("axes"), absolute: 1e-7, relative: 1e-9, "axes")
    #expect(shape.features.count == 8 && shape.features.allSatisfy { $0.isFinite })
  }
}

@Test func emptyAndFullMasksHaveFiniteFeatures() {
  for value in [UInt8(0), 1] {
    let shape = MaskShape(mask: Array(repeating: value, count: 60), axes: [3, 4, 5])
    #expect(shape.isFull == (value == 1) && shape.volume == 60 * Int(value))
    #expect(shape.features.allSatisfy { $0.isFinite })
  }
}
