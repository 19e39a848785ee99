import ZooCore
import ZooFormats
import ZooGraph

/// Which layer of a Keras file goes to which place of a graph.
///
/// Layers of one kind are matched in order, of which there are two: by their place in the file with Keras' order of the
/// graph, and by the numbers in their names with the order in which the graph was made. In a chain both are the same. An
/// order counts only if every kind has as many layers and every shape is right; where both do and disagree, nothing
/// can tell which is meant, and the file is refused.
struct KerasMatch {
  /// A layer for every slot, or nil.
  let layers: [KerasLayer?]
  let report: WeightReport

  init(_ file: KerasFile, to slots: [KerasSlot], of graph: Graph) throws {
    let places = KerasOrder.places(in: graph)
    let byPlace = Assignment(
      file.layers, Array(file.layers.indices), slots,
      slots.indices.sorted { places[slots[$0].node] < places[slots[$1].node] })
    var assignments = [byPlace]
    if file.namesAreLayers, let numbers = KerasMatch.orderOfNumbers(file.layers) {
      assignments.append(Assignment(file.layers, numbers, slots, Array(slots.indices)))
    }
    let fitting = assignments.filter { $0.faults == 0 }
    if let one = fitting.first, let other = fitting.last, one.layer != other.layer,
      let slot = slots.indices.first(where: { one.layer[$0] != other.layer[$0] })
    {
      func name(_ assignment: Assignment) -> String {
        assignment.layer[slot].map { file.layers[$0].name } ?? ""
      }
      throw Problem(
        "the layers' order is ambiguous", at: file.file.path, expected: "one layer for \(slots[slot].path)",
        found: "\(name(one)) by its place in the file, \(name(other)) by its number",
        next: "build the layers in the model's order and save the weights again")
    }
    let best = assignments.min { $0.faults < $1.faults } ?? byPlace
    layers = best.layer.map { $0.map { file.layers[$0] } }
    report = best.report(file, slots, graph)
  }

  /// The layers in the order of their numbers; nil where layers of a kind have names of their own.
  private static func orderOfNumbers(_ layers: [KerasLayer]) -> [Int]? {
    for kind in KerasKind.allCases {
      let own = layers.filter { $0.kind == kind }.map(\.numbered)
      guard Set(own.map(\.base)).count <= 1, Set(own.map(\.number)).count == own.count else { return nil }
    }
    return layers.indices.sorted { layers[$0].numbered.number < layers[$1].numbered.number }
  }
}

/// One way to give layers to slots.
private struct Assignment {
  /// A layer for every slot.
  var layer: [Int?]
  /// Layers without a slot.
  var spare: [Int] = []
  /// Slots without a layer, layers without a slot, arrays missing, left over or of a wrong shape.
  var faults = 0

  /// Gives the layers of each kind to the slots of this kind, both in the order given.
  init(_ layers: [KerasLayer], _ layerOrder: [Int], _ slots: [KerasSlot], _ slotOrder: [Int]) {
    layer = Array(repeating: nil, count: slots.count)
    for kind in KerasKind.allCases {
      let own = layerOrder.filter { layers[$0].kind == kind }
      let places = slotOrder.filter { slots[$0].kind == kind }
      for (place, index) in zip(places, own) { layer[place] = index }
      spare += own.dropFirst(places.count)
      faults += abs(own.count - places.count)
    }
    let strange = layers.indices.filter { layers[$0].kind == nil }
    spare += strange
    faults += strange.count
    for (place, index) in layer.enumerated() {
      guard let index else { continue }
      let (has, wants) = (layers[index].tensors, slots[place].tensors)
      faults +=
        wants.filter { want in !has.contains { $0.role == want.role && $0.shape == want.shape } }.count
      faults += has.filter { array in !wants.contains { $0.role == array.role } }.count
    }
  }

  func report(_ file: KerasFile, _ slots: [KerasSlot], _ graph: Graph) -> WeightReport {
    var report = WeightReport(place: file.file.path)
    for (slot, index) in zip(slots, layer) {
      let layer = index.map { file.layers[$0] }
      for tensor in slot.tensors {
        let parameter = graph.parameters[tensor.parameter].name
        guard let array = layer?.tensors.first(where: { $0.role == tensor.role }) else {
          report.missing.append(parameter)
          continue
        }
        if array.shape == tensor.shape {
          report.used.append(.init(parameter: parameter, source: array.dataset))
        } else {
          report.wrongShape.append(
            "\(array.dataset) is \(NDArray.text(of: array.shape)) instead of \(NDArray.text(of: tensor.shape)) for \(parameter)"
          )
        }
      }
      let roles = Set(slot.tensors.map(\.role))
      report.unused += layer?.tensors.filter { !roles.contains($0.role) }.map(\.dataset) ?? []
    }
    report.unused += spare.sorted().flatMap { file.layers[$0].tensors.map(\.dataset) }
    return report
  }
}
