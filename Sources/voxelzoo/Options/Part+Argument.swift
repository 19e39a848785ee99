public import ArgumentParser
public import ZooData

/// A part of a data set is named as its folder.
extension DataPart: ExpressibleByArgument {}
