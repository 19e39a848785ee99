public import ZooData

extension Split {
  /// The same split where the cases with pseudo labels teach too, but for those whose patient is validated on.
  public func teaching(pseudoCasesOf dataset: Dataset) -> Split {
    let cases = dataset.cases
    let names = Set(validation.map { cases[$0].name })
    let patients = Set(validation.compactMap { cases[$0].patient })
    let candidates = cases.indices.filter { cases[$0].pseudo != nil }
    let pseudo = candidates.filter { index in
      !names.contains(cases[index].name) && !(cases[index].patient.map(patients.contains) ?? false)
    }
    return Split(
      training: training, validation: validation, pseudo: pseudo, leftOut: candidates.count - pseudo.count)
  }
}
