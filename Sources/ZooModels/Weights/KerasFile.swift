import ZooCore
import ZooFormats

/// The layers of an HDF5 file that Keras has written, in Keras' order, without their values.
///
/// Read are `save_weights` of Keras 1 to 3 to `.h5` (attributes `layer_names` and `weight_names`, in several parts where
/// they are long), the same below `model_weights` as `model.save` puts it, and Keras 3's `.weights.h5`
/// (`layers/NAME/vars/0`).
struct KerasFile {
  let file: HDF5File
  /// The layers that have weights.
  let layers: [KerasLayer]
  /// Whether names are those of the layers, numbered as they were made; in `.weights.h5` they are not.
  let namesAreLayers: Bool

  init(reading path: String) throws {
    let file = try HDF5File(reading: path)
    self.file = file
    if let root = try ["model_weights", ""].first(where: {
      try file.hasGroup($0) && KerasFile.list("layer_names", of: $0, in: file) != nil
    }) {
      layers = try KerasFile.savedLayers(of: file, below: root)
      namesAreLayers = true
    } else if file.hasGroup("layers") {
      layers = try KerasFile.numberedLayers(of: file)
      namesAreLayers = false
    } else {
      throw Problem(
        "holds no Keras weights", at: path, expected: "layer_names, model_weights or layers",
        next: "write it with model.save_weights(\"NAME.weights.h5\")")
    }
    for layer in layers { try layer.check(at: path) }
  }

  /// A list of strings that may be cut into `name0`, `name1`, … because attributes hold 64 KB at most.
  private static func list(_ name: String, of group: String, in file: HDF5File) throws -> [String]? {
    if let whole = try file.strings(name, of: group) { return whole }
    var parts: [String]?
    var number = 0
    while let part = try file.strings("\(name)\(number)", of: group) {
      parts = (parts ?? []) + part
      number += 1
    }
    return parts
  }

  /// The layers of the layout with names. A model inside the model has its layers' arrays side by side in one group.
  private static func savedLayers(of file: HDF5File, below root: String) throws -> [KerasLayer] {
    var layers: [KerasLayer] = []
    for layer in try list("layer_names", of: root, in: file) ?? [] {
      let group = root.isEmpty ? layer : "\(root)/\(layer)"
      let names = try list("weight_names", of: group, in: file) ?? []
      var owners: [(name: Substring, tensors: [KerasLayer.Tensor])] = []
      for name in names {
        let slash = name.lastIndex(of: "/")
        let owner = slash.map { name[..<$0] } ?? ""
        let role = name[(slash.map { name.index(after: $0) } ?? name.startIndex)...].prefix { $0 != ":" }
        let dataset = "\(group)/\(name)"
        let tensor = KerasLayer.Tensor(
          role: String(role), dataset: dataset, shape: try file.shape(dataset))
        if let index = owners.firstIndex(where: { $0.name == owner }) {
          owners[index].tensors.append(tensor)
        } else {
          owners.append((owner, [tensor]))
        }
      }
      layers += owners.map { owner in
        let inner = owner.name.split(separator: "/").last.map(String.init)
        return KerasLayer(name: owners.count == 1 ? layer : inner ?? layer, tensors: owner.tensors)
      }
    }
    return layers
  }

  /// The layers of the layout without names: `conv3d`, `conv3d_1`, … count a kind's layers in Keras' order.
  private static func numberedLayers(of file: HDF5File) throws -> [KerasLayer] {
    var layers: [KerasLayer] = []
    for name in try file.children(of: "layers") {
      let group = "layers/\(name)"
      guard !file.hasGroup("\(group)/layers") else {
        throw Problem(
          "a model inside the model", at: "\(file.path): \(group)",
          next: "save the inner model's weights alone")
      }
      let vars = "\(group)/vars"
      guard file.hasGroup(vars) else { continue }
      let shapes = try (0..<file.children(of: vars).count).map { number in
        (dataset: "\(vars)/\(number)", shape: try file.shape("\(vars)/\(number)"))
      }
      if shapes.isEmpty { continue }
      let isNorm = name.hasPrefix(KerasKind.batchNormalization.rawValue)
      if isNorm, shapes.count != 4 {
        throw Problem(
          "a batch norm without gamma or beta", at: "\(file.path): \(group)", expected: "4 arrays",
          found: "\(shapes.count)",
          next: "build the layer with scale=True and center=True and save its weights again")
      }
      let roles = (isNorm ? KerasKind.batchNormalization : .dense).roles
      layers.append(
        KerasLayer(
          name: name,
          tensors: shapes.enumerated().map { number, array in
            .init(
              role: shapes.count > roles.count ? "\(number)" : roles[number], dataset: array.dataset,
              shape: array.shape)
          }))
    }
    return layers.sorted { ($0.numbered.base, $0.numbered.number) < ($1.numbered.base, $1.numbered.number) }
  }
}
