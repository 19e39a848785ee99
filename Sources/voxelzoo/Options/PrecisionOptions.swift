import ArgumentParser
import ZooEngine

/// How tensors are kept between the steps of a network.
struct PrecisionOptions: ParsableArguments {
  /// What can be asked for.
  enum Choice: String, CaseIterable, ExpressibleByArgument {
    case f32
    case bf16
    case auto
  }

  @Option(
    help: ArgumentHelp(
      "How tensors are kept: f32, bf16 (half the memory, 8 bits of precision) or auto, bf16 where the processor multiplies it.",
      valueName: "kind"))
  var precision = Choice.f32

  /// The precision asked for, or f32 with a word about it where the processor cannot.
  func chosen() -> Precision {
    switch precision {
    case .f32: return .f32
    case .auto: return .automatic
    case .bf16:
      if !Precision.hasBF16 {
        Console.note(
          "note: --precision bf16: this processor has no bf16 instructions (AVX512_BF16); f32 is used")
      }
      return .automatic
    }
  }
}
