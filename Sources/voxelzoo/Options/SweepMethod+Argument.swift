public import ArgumentParser
public import ZooTraining

/// A method is named as its case.
extension SweepMethod: ExpressibleByArgument {}
