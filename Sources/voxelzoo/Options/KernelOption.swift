import ArgumentParser
import ZooKernels

/// `--kernels`.
struct KernelOption: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "What computes convolutions: auto, the fastest for each shape, or onednn for every one.",
      valueName: "kind"))
  var kernels = KernelChoice.auto
}
