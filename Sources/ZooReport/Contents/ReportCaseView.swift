/// A case as it can be looked at.
public struct ReportCaseView: Hashable, Sendable {
  /// A picture.
  public struct Picture: Hashable, Sendable {
    /// The file's bytes.
    public let png: [UInt8]
    /// What is in it, for those who cannot see it.
    public let description: String
    /// Pixels.
    public let width: Int
    /// Pixels.
    public let height: Int

    /// A picture in PNG.
    public init(png: [UInt8], description: String, width: Int, height: Int) {
      (self.png, self.description, self.width, self.height) = (png, description, width, height)
    }
  }

  /// The position of the case among those of the report.
  public let index: Int
  /// The most probable class, for which its map speaks.
  public let likeliest: Int
  /// Which slices are shown, from left to right.
  public let places: String
  /// Whether its mask is outlined.
  public let hasMask: Bool
  /// Whether the network sees nothing outside the mask.
  public let isSeenInMaskAlone: Bool
  /// Its slices.
  public let slices: Picture
  /// What the network looked at in them; nil where that was not asked.
  public let attribution: Picture?

  /// A view of a case.
  public init(
    index: Int, likeliest: Int, places: String, hasMask: Bool, isSeenInMaskAlone: Bool = false,
    slices: Picture,
    attribution: Picture? = nil
  ) {
    (self.index, self.likeliest, self.places) = (index, likeliest, places)
    (self.hasMask, self.isSeenInMaskAlone) = (hasMask, isSeenInMaskAlone)
    (self.slices, self.attribution) = (slices, attribution)
  }
}
