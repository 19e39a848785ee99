/// The two parts of a data set; the raw value is what a part is called on the command line, and its folder in M3DV layout.
public enum DataPart: String, CaseIterable, Sendable {
  /// Cases with labels, to train and validate on.
  case train = "train_val"
  /// Cases that nothing is trained on.
  case test = "test"
}
