public import ZooGraph

/// The layers that come with the zoo; a new one is a file in this folder and a line here.
public enum BuiltInLayers {
  /// One line a layer; a user's package hands `list + [Mine.self]` to the registry.
  public static let list: [any Layer.Type] = [
    Conv3D.self,
    BatchNorm.self,
    Relu.self,
    LeakyRelu.self,
    Elu.self,
    Sigmoid.self,
    Softmax.self,
    AveragePool3D.self,
    MaxPool3D.self,
    GlobalAveragePool.self,
    Dense.self,
    Dropout.self,
    Add.self,
    Concat.self,
    Flatten.self,
    Scale.self,
    DenseBlock.self,
    Transition.self,
    ResidualBlock.self,
  ]
}
