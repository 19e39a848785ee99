/// The version that is noted in files as their maker's.
public let voxelZooVersion = "0.1.0"
