"""Times a network of the zoo in Keras on TensorFlow: bench_keras.py MODEL train|infer [--precision bf16]"""
import os

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
import keras  # noqa: E402
import numpy as np  # noqa: E402
import tensorflow  # noqa: E402
from keras import layers  # noqa: E402
from timing import options, report  # noqa: E402


def conv(x, filters, size, stride=1, bias=True):
    return layers.Conv3D(filters, size, stride, padding="same", use_bias=bias, kernel_initializer="he_uniform")(x)


def norm(x):
    return layers.BatchNormalization()(x)


def relu(x):
    return layers.Activation("relu")(x)


def densenet(x):
    x = conv(x, 32, 3)
    for stage in range(3):
        for _ in range(4):
            y = conv(relu(norm(conv(relu(norm(x)), 64, 1, bias=False))), 16, 3)
            x = layers.Concatenate()([y, x])
        x = relu(norm(x))
        if stage < 2:
            x = layers.AveragePooling3D(2)(conv(x, x.shape[-1] // 2, 1))
    return x


def resnet18(x):
    x = relu(norm(conv(x, 64, 3, bias=False)))
    x = layers.MaxPooling3D(3, 2, padding="same")(x)
    for filters in (64, 128, 256, 512):
        for block in range(2):
            stride = 2 if filters > 64 and block == 0 else 1
            y = relu(norm(conv(x, filters, 3, stride, bias=False)))
            y = norm(conv(y, filters, 3, bias=False))
            if stride > 1:
                x = norm(conv(x, filters, 1, stride, bias=False))
            x = relu(layers.Add()([y, x]))
    return x


wanted = options()
tensorflow.config.threading.set_intra_op_parallelism_threads(wanted.threads)
keras.utils.set_random_seed(0)
if wanted.precision == "bf16":
    keras.mixed_precision.set_global_policy("mixed_bfloat16")
inputs = layers.Input((32, 32, 32, 1))
features = {"densenet": densenet, "resnet18": resnet18}[wanted.model](layers.Rescaling(1 / 128, -1)(inputs))
outputs = layers.Dense(2, activation="softmax")(layers.GlobalAveragePooling3D()(features))
model = keras.Model(inputs, outputs)
model.compile("adam", "categorical_crossentropy")
x = np.random.rand(wanted.batch, 32, 32, 32, 1).astype("float32") * 255
y = keras.utils.to_categorical(np.random.randint(0, 2, wanted.batch), 2)
report((lambda: model.train_on_batch(x, y)) if wanted.task == "train" else (lambda: model.predict_on_batch(x)), wanted)
