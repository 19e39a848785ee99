/// Among which kernels a network's convolutions are chosen.
public enum KernelChoice: String, CaseIterable, Sendable {
  /// The fastest for each shape and this processor.
  case auto
  /// oneDNN's, whatever the shape.
  case onednn
}
