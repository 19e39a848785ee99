import ZooCore
public import ZooData
public import ZooModels

extension Architecture {
  /// The same network for what the data hold, and a line for each change: their channels, their number of classes where
  /// they state one, and no mask where they have none.
  ///
  /// A `Problem` where the mask is a channel of the network, and there are no masks.
  public func fitted(
    to source: any DataSource, keepingClasses: Bool = false
  ) throws -> (architecture: Architecture, notes: [String]) {
    var fitted = self
    var notes: [String] = []
    if let header = source.firstHeader() {
      var mask = input.mask
      if !header.hasMask, mask != .ignore {
        guard mask == .multiply else {
          throw Problem(
            "there are no masks", at: source.path, expected: "one a case, for \(name) has it as a channel",
            next: "train without: --mask ignore")
        }
        mask = .ignore
        notes.append("reads no mask, for the data have none")
      }
      if input.spacing != nil, !header.hasSpacing {
        throw Problem(
          "the data do not say how large a voxel is", at: source.path, expected: "NIfTI files for a spacing",
          next: "train without --spacing")
      }
      if header.channels != input.channels {
        notes.append(
          "reads \(header.channels) channel\(header.channels == 1 ? "" : "s"), as the volumes have")
      }
      fitted = fitted.with(channels: header.channels, mask: mask)
    }
    if !keepingClasses, let classes = source.classes, classes != self.classes {
      fitted = try fitted.with(classes: classes)
      notes.append("tells \(classes) classes apart, as the data have")
    }
    return (fitted, notes)
  }
}
