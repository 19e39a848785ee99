public import ZooCore
public import ZooGraph
import ZooVolume

/// The values of a graph's parameters, one flat array in the graph's order, with their names.
///
/// This is the truth: plain and in PyTorch's axis order; plans pack their own copies of it.
public final class Weights {
  /// What each part of the array is.
  public let parameters: [Parameter]
  /// Start of each parameter in `values`.
  public let starts: [Int]
  /// All values behind each other.
  public let values: UnsafeMutableBufferPointer<Float>
  private let memory: Arena

  /// Zeroed values for a graph's parameters; throws where there is no memory for them.
  public init(for graph: Graph) throws {
    parameters = graph.parameters
    var starts: [Int] = []
    var count = 0
    for parameter in parameters {
      starts.append(count)
      count += parameter.count
    }
    self.starts = starts
    memory = try Self.memory(for: count)
    values = UnsafeMutableBufferPointer(start: memory.floats(at: 0), count: count)
  }

  /// A copy of other weights; throws where there is no memory for them.
  public init(copying other: Weights) throws {
    (parameters, starts) = (other.parameters, other.starts)
    memory = try Self.memory(for: other.values.count)
    values = UnsafeMutableBufferPointer(start: memory.floats(at: 0), count: other.values.count)
    _ = values.update(fromContentsOf: other.values)
  }

  private static func memory(for count: Int) throws -> Arena {
    let bytes = count * MemoryLayout<Float>.size
    guard let arena = Arena(bytes: bytes) else {
      throw Problem(
        "not enough memory for weights", expected: bytes.asMegabytes, next: "close other programs")
    }
    return arena
  }

  /// The values of one parameter.
  public func slice(_ index: Int) -> UnsafeMutableBufferPointer<Float> {
    UnsafeMutableBufferPointer(rebasing: values[starts[index]..<starts[index] + parameters[index].count])
  }

  /// The values of a parameter by name, or nil.
  public func slice(named name: String) -> UnsafeMutableBufferPointer<Float>? {
    parameters.firstIndex { $0.name == name }.map(slice)
  }

  /// Draws initial values; each parameter's depend on the seed and its name alone.
  public func initialize(seed: Seed) {
    for (index, parameter) in parameters.enumerated() {
      var stream = seed.child(parameter.name).stream()
      let values = slice(index)
      switch parameter.initializer {
      case .constant(let value): values.update(repeating: value)
      case .heUniform(let fanIn):
        let limit = (6 / Double(fanIn)).squareRoot()
        for i in values.indices { values[i] = Float((2 * stream.unit() - 1) * limit) }
      case .heNormal(let fanIn):
        let deviation = (2 / Double(fanIn)).squareRoot()
        for i in values.indices { values[i] = Float(stream.normal() * deviation) }
      case .glorotUniform(let fanIn, let fanOut):
        let limit = (6 / Double(fanIn + fanOut)).squareRoot()
        for i in values.indices { values[i] = Float((2 * stream.unit() - 1) * limit) }
      }
    }
  }

  /// Takes over all values of other weights of the same graph.
  public func copy(from other: Weights) { _ = values.update(fromContentsOf: other.values) }
}

/// One parameter's values and gradient.
struct ParameterSlice {
  let values: UnsafeMutablePointer<Float>
  let gradient: UnsafeMutablePointer<Float>
  let count: Int
}
