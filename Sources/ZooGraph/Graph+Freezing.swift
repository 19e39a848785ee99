import ZooCore

extension Graph {
  /// The same graph where parameters whose names match a pattern do not learn.
  ///
  /// `*` stands for any characters, `?` for one. A pattern matches a parameter's name or the path of a layer around it:
  /// `block1`, `block1.*` and `stem*` freeze whole layers. A frozen batch norm normalises by its running statistics and keeps
  /// them, in training too. A pattern that matches nothing and patterns that leave nothing to learn are `Problem`s.
  public func freezing(_ patterns: [String], at place: String = "freeze") throws -> Graph {
    guard !patterns.isEmpty else { return self }
    let learning = parameters.filter(\.isTrainable).map(\.name)
    var frozen: Set<String> = []
    for pattern in patterns {
      let glob = Glob(pattern)
      let matches = learning.filter { name in Graph.paths(of: name).contains(where: glob.matches) }
      guard !matches.isEmpty else {
        let layers = learning.flatMap { Graph.paths(of: $0).dropLast() }
        let known = Array(Set(layers)).filter { !$0.contains(".") }
        throw Problem(
          "no parameter matches \"\(pattern)\"", at: place,
          next: suggestion(for: String(pattern.prefix { $0 != "." }.filter { $0 != "*" }), from: known))
      }
      frozen.formUnion(matches)
    }
    guard frozen.count < learning.count else {
      throw Problem("nothing is left to train", at: place, found: patterns.joined(separator: ","))
    }
    let parameters = parameters.map { parameter in
      Parameter(
        name: parameter.name, shape: parameter.shape, initializer: parameter.initializer,
        isTrainable: parameter.isTrainable && !frozen.contains(parameter.name), decays: parameter.decays)
    }
    return Graph(nodes: nodes, tensors: tensors, parameters: parameters, input: input, output: output)
  }

  /// The paths of the layers around a parameter, from the outside in, and its name.
  private static func paths(of name: String) -> [String] {
    let parts = name.split(separator: ".")
    return parts.indices.map { parts[...$0].joined(separator: ".") }
  }
}
