import ZooCore
import ZooGraph
import ZooModels
import ZooReport
import ZooVolume

/// The models there are, a line each; a broken file is listed with what is wrong with it.
struct ZooListing {
  private struct Model {
    let architecture: Architecture
    let table: ModelTable
  }

  private struct Row {
    let name: String
    let file: String
    let model: Result<Model, Problem>
  }

  private let rows: [Row]

  /// Reads all models; `size` [D, H, W] replaces their own input sizes.
  init(of zoo: Zoo, layers: Registry<any Layer.Type>, size: [Int]?) {
    rows = zoo.list().map { entry in
      let model = Result {
        var architecture = try entry.architecture.get()
        if let size { architecture = try architecture.withSize(size) }
        return Model(architecture: architecture, table: try ModelTable(of: architecture, registry: layers))
      }
      .mapError { $0 as? Problem ?? Problem("\($0)", at: entry.file) }
      return Row(name: entry.name, file: entry.file, model: model)
    }
  }

  /// Whether there is no model at all.
  var isEmpty: Bool { rows.isEmpty }

  /// A table for people.
  var text: String {
    var table = TextTable([
      .init("model"), .init("parameters", .right), .init("MACs", .right), .init("input"),
      .init("description"),
    ])
    for row in rows {
      switch row.model {
      case .success(let model):
        table.append([
          row.name, Format.count(model.table.parameters), Format.operations(model.table.multiplyAdds),
          model.table.input.description, model.architecture.description,
        ])
      case .failure(let problem):
        table.append([row.name, Format.none, Format.none, Format.none, "broken: \(problem)"])
      }
    }
    return table.text()
  }

  /// The same for programs; a broken file has `error` and no figures.
  var json: JSONValue { ["models": .array(rows.map { json(of: $0) })] }

  private func json(of row: Row) -> JSONValue {
    var object: [String: JSONValue] = ["name": .string(row.name), "file": .string(row.file), "error": .null]
    switch row.model {
    case .success(let model):
      object["description"] = .string(model.architecture.description)
      object["source"] = .string(model.architecture.source)
      object["classes"] = .number(Double(model.architecture.classes))
      object["input"] = model.table.input.json
      object["parameters"] = .number(Double(model.table.parameters))
      object["multiply_adds"] = .number(Double(model.table.multiplyAdds))
    case .failure(let problem): object["error"] = .string(problem.description)
    }
    return .object(object)
  }
}
