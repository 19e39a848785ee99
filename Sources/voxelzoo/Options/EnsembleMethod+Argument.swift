public import ArgumentParser
public import ZooTraining

extension EnsembleFile.Method: ExpressibleByArgument {}
