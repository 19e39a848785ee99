public import ZooCore

extension Augmentation {
  /// The geometry of a case's first sample of an epoch, for crops of [D, H, W]; allocates nothing.
  public func geometry(of index: Int, epoch: Int, seed: Seed, size: [Int]) -> Geometry {
    geometry(from: root(of: index, epoch: epoch, visit: 0, seed: seed), size: size)
  }

  /// Where the draws of a case in an epoch come from, the first time that it comes and the others.
  func root(of index: Int, epoch: Int, visit: Int, seed: Seed) -> Seed {
    let root = seed.child("augmentation").child(epoch).child(index)
    return visit == 0 ? root : root.child("visit").child(visit)
  }

  func geometry(from root: Seed, size: [Int]) -> Geometry {
    var geometry = Geometry(size: size)
    for entry in entries {
      guard var turn = entry.turn(from: root), case .geometric(let step) = turn.action else { continue }
      step.draw(turn.strength, from: &turn.draws, into: &geometry)
    }
    return geometry
  }

  /// Does what changes values, in the list's order; allocates nothing.
  func applyIntensities(from root: Seed, to sample: SampleView) {
    for entry in entries {
      guard var turn = entry.turn(from: root), case .intensity(let step) = turn.action else { continue }
      step.apply(turn.strength, from: &turn.draws, to: sample)
    }
  }
}

extension Augmentation.Entry {
  /// What a step does this time: the same at each call.
  struct Turn {
    let action: StepAction
    let strength: Strength
    var draws: RandomStream
  }

  /// What the step does for a sample or a batch; nil where it is not its turn.
  func turn(from root: Seed) -> Turn? {
    var draws = root.child(name).child(repeats).stream()
    guard draws.unit() < probability else { return nil }
    guard case .choice(let actions) = action else {
      return Turn(action: action, strength: .drawn, draws: draws)
    }
    let chosen = actions[draws.index(below: actions.count)]
    return Turn(
      action: chosen, strength: .fixed(Double(draws.index(below: 31)) / 30), draws: draws)
  }
}
