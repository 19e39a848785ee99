/// How kernels of convolutions and dense layers start, by the name used in architecture files.
public enum KernelInitializer: String, CaseIterable, Sendable {
  /// Uniform in ±√(6 / fan in), the default.
  case heUniform = "he_uniform"
  /// Normal with variance 2 / fan in.
  case heNormal = "he_normal"
  /// Uniform in ±√(6 / (fan in + fan out)).
  case glorotUniform = "glorot_uniform"
  /// All zero.
  case zeros

  /// The initializer for given fans.
  func start(fanIn: Int, fanOut: Int) -> Initializer {
    switch self {
    case .heUniform: .heUniform(fanIn: fanIn)
    case .heNormal: .heNormal(fanIn: fanIn)
    case .glorotUniform: .glorotUniform(fanIn: fanIn, fanOut: fanOut)
    case .zeros: .constant(0)
    }
  }
}
