public import ArgumentParser
public import ZooKernels

/// A choice of kernels is named on the command line as in a run's options.
extension KernelChoice: ExpressibleByArgument {}
