public import ArgumentParser
public import ZooModels

/// What happens to masks is said as in architecture files.
extension Architecture.MaskUse: ExpressibleByArgument {}
