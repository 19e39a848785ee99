public import ArgumentParser
import ZooModels
public import ZooTraining

/// A kind is named as its case.
extension Calibration.Kind: ExpressibleByArgument {}
