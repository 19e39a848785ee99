/// The nine ratings a radiologist gives a nodule, most of them 1–5.
public enum LIDCRating: String, CaseIterable, Sendable {
  /// How hard the nodule is to see, 1 (extremely subtle) to 5 (obvious).
  case subtlety
  /// What it is made of, 1 (soft tissue) to 4 (air).
  case internalStructure = "internal_structure"
  /// Pattern of calcification, 1 (popcorn) to 6 (absent).
  case calcification
  /// Roundness, 1 (linear) to 5 (round).
  case sphericity
  /// Sharpness of the margin, 1 (poorly defined) to 5 (sharp).
  case margin
  /// Lobulation, 1 (none) to 5 (marked).
  case lobulation
  /// Spiculation, 1 (none) to 5 (marked).
  case spiculation
  /// Texture, 1 (ground glass) to 5 (solid).
  case texture
  /// Likelihood of malignancy, 1 (highly unlikely) to 5 (highly suspicious).
  case malignancy

  /// The column of the annotation table.
  var column: String { self == .internalStructure ? "internalStructure" : rawValue }
}
