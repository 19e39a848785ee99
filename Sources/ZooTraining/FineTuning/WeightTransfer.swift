import ZooCore
import ZooEngine
import ZooFormats
import ZooGraph
import ZooModels

/// What became of the arrays of a file when a network took its initial weights from them, by name and shape.
public struct WeightTransfer: Hashable, Sendable {
  /// Parameters that were taken.
  public private(set) var taken: [String] = []
  /// Parameters of the last layer that learns, which starts anew since the file has another number of classes.
  public private(set) var reset: [String] = []
  /// Parameters that the file has in another shape; they start anew.
  public private(set) var otherShape: [String] = []
  /// Parameters that the file does not have; they start anew.
  public private(set) var missing: [String] = []
  /// Arrays of the file that the network has no place for.
  public private(set) var unused: [String] = []

  /// Writes arrays over weights that are initialised. A `Problem` where a value is no finite number, or nothing fits.
  init(_ arrays: [String: NDArray], to weights: Weights, from place: String) throws {
    let head = weights.parameters.last { $0.isTrainable || $0.decays }?.name.layer
    for (index, parameter) in weights.parameters.enumerated() {
      guard let array = arrays[parameter.name] else {
        missing.append(parameter.name)
        continue
      }
      guard array.shape == parameter.shape else {
        if parameter.name.layer == head {
          reset.append(parameter.name)
        } else {
          otherShape.append(parameter.name)
        }
        continue
      }
      let values = try array.finiteFloats(at: "\(place): \(parameter.name)")
      _ = weights.slice(index).update(from: values)
      taken.append(parameter.name)
    }
    let known = Set(weights.parameters.map(\.name))
    // PyTorch counts batches beside each batch norm; nothing here depends on it.
    unused = arrays.keys.filter { !known.contains($0) && !$0.hasSuffix(".num_batches_tracked") }.sorted()
    guard !taken.isEmpty else {
      throw Problem(
        "none of these weights fits the network", at: place,
        expected: "arrays such as \(weights.parameters.first?.name ?? "")",
        found: arrays.keys.sorted().prefix(2).joined(separator: ", "), next: "name weights of the same model")
    }
  }

  /// What a person should know, a line each; `place` is the file.
  func notes(from place: String) -> [String] {
    let all = taken.count + reset.count + otherShape.count + missing.count
    var notes = ["starts from \(place): \(taken.count) of \(all) arrays taken"]
    if !reset.isEmpty {
      notes.append("another number of classes there: \(WeightTransfer.list(reset)) starts anew")
    }
    if !otherShape.isEmpty {
      notes.append("another shape there: \(WeightTransfer.list(otherShape)) starts anew")
    }
    if !missing.isEmpty { notes.append("not there: \(WeightTransfer.list(missing)) starts anew") }
    if !unused.isEmpty { notes.append("not used: \(WeightTransfer.list(unused))") }
    return notes
  }

  private static func list(_ names: [String]) -> String {
    names.prefix(3).joined(separator: ", ") + (names.count > 3 ? " and \(names.count - 3) more" : "")
  }
}

extension String {
  /// The path of the layer that a parameter belongs to.
  fileprivate var layer: Substring { lastIndex(of: ".").map { self[..<$0] } ?? self[...] }
}
