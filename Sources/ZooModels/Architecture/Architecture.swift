import ZooCore
public import ZooVolume

/// A network as an architecture file describes it: what goes in, the layers in order, how many classes come out.
///
/// It is data only. `graph(registry:)` makes a network of it; the same file may be built at another input size.
public struct Architecture: Sendable {
  /// Name in the zoo: `densenet`.
  public let name: String
  /// One line for people.
  public let description: String
  /// Where the design comes from.
  public let source: String
  /// What the network reads.
  public let input: Input
  /// The layers in the order they run; the last one's output is the network's.
  public let layers: [LayerSpec]
  /// Number of classes, at least 2.
  public let classes: Int
  /// L2 factor on kernels that training takes unless told otherwise; 0 for none.
  public let l2: Double
  /// The file it came from, for messages.
  public let place: String

  /// (C, D, H, W) of the network's input; a mask that is its own channel counts.
  public var inputShape: Shape {
    Shape(channels: input.channels + (input.mask == .channel ? 1 : 0), axes: input.size)
  }

  /// The same network for an input of another size [D, H, W]; each axis has 1 to 1024 voxels.
  public func withSize(_ size: [Int]) throws -> Architecture {
    guard size.count == 3, size.allSatisfy(Input.sizes.contains) else {
      throw Problem(
        "wrong input size", at: place,
        expected:
          "three whole numbers (depth, height, width) from \(Input.sizes.lowerBound) to \(Input.sizes.upperBound)",
        found: size.map(String.init).joined(separator: "×"))
    }
    var input = input
    input.size = size
    return with(input: input)
  }

  /// The path of a layer for messages: `densenet.json: layers[3]`.
  func place(ofLayer index: Int) -> String {
    Architecture.path("layers[\(index)]", at: place)
  }

  /// The path of a value of the file.
  static func path(_ key: String, at place: String) -> String {
    place.hasSuffix(".json") ? "\(place): \(key)" : "\(place).\(key)"
  }
}
