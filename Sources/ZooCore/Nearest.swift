/// The candidate closest to a misspelt name, or nil where nothing is close (Levenshtein distance at most a third
/// of the name's length, and at least 2).
public func nearest(to name: String, in candidates: some Sequence<String>) -> String? {
  let wanted = Array(name.lowercased())
  let limit = max(2, wanted.count / 3)
  var best: (distance: Int, name: String)?
  for candidate in candidates {
    let distance = editDistance(wanted, Array(candidate.lowercased()))
    if distance <= limit, best.map({ distance < $0.distance }) ?? true { best = (distance, candidate) }
  }
  return best?.name
}

/// `did you mean "x"?` or the list of what there is.
public func suggestion(for name: String, from candidates: [String]) -> String {
  let list = candidates.sorted().joined(separator: ", ")
  if let near = nearest(to: name, in: candidates) { return "did you mean \"\(near)\"? There are: \(list)" }
  return "there are: \(list)"
}

private func editDistance(_ a: [Character], _ b: [Character]) -> Int {
  var row = Array(0...b.count)
  for (i, left) in a.enumerated() {
    var diagonal = row[0]
    row[0] = i + 1
    for (j, right) in b.enumerated() {
      let above = row[j + 1]
      row[j + 1] = min(above + 1, row[j] + 1, diagonal + (left == right ? 0 : 1))
      diagonal = above
    }
  }
  return row[b.count]
}
