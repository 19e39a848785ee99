internal import CKernels

/// How tensors are kept between steps. Arithmetic accumulates in f32 either way; weights, statistics, gradients of weights
/// and the loss are f32.
public enum Precision: String, CaseIterable, Sendable {
  /// 32 bits: 24 of precision.
  case f32
  /// The upper 16 bits of an f32: 8 of precision. Half the memory and its traffic.
  case bf16

  /// Whether this processor multiplies bf16 values (AVX512_BF16); without, they only cost time.
  public static var hasBF16: Bool { zoo_has_bf16() != 0 }

  /// The faster precision of this processor.
  public static var automatic: Precision { hasBF16 ? .bf16 : .f32 }

  /// Bytes of a value.
  var bytes: Int { self == .f32 ? 4 : 2 }

  var code: Int32 { Int32(bitPattern: (self == .f32 ? ZOO_F32 : ZOO_BF16).rawValue) }
}
