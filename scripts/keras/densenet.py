"""Loads exported weights into Keras' own densenet and compares its probabilities with a table of predictions.

    voxelzoo export RUN --format h5 --out weights.h5
    voxelzoo predict --weights RUN --data DIR --out predictions.csv
    python scripts/keras/densenet.py weights.h5 DIR predictions.csv

DIR is a data set in M3DV layout; a volume is the first 32 voxels about the centre of voxel x seg in test/NAME.npz. Runs in
Keras 3, or in Keras 2 where tf_keras is installed and KERAS=2 is set. Exits with 1 where a probability is off by more than 1e-5.
"""
import csv
import os
import sys

import numpy as np

if os.environ.get("KERAS") == "2":
    import tf_keras as keras
else:
    import keras

L = keras.layers


def act(x):
    return L.Activation("relu")(L.BatchNormalization()(x))


def densenet(growth=16, filters=32):
    inputs = L.Input((32, 32, 32, 1))
    x = L.Rescaling(1 / 128, offset=-1)(inputs)
    x = L.Conv3D(filters, 3, padding="same")(x)
    for block in range(3):
        for _ in range(4):
            y = L.Conv3D(4 * growth, 1, padding="same", use_bias=False)(act(x))
            y = L.Conv3D(growth, 3, padding="same")(act(y))
            x = L.Concatenate()([y, x])
        x = act(x)
        if block < 2:
            x = L.AveragePooling3D(2)(L.Conv3D(x.shape[-1] // 2, 1, padding="same")(x))
    x = L.GlobalAveragePooling3D()(x)
    return keras.Model(inputs, L.Dense(2, activation="softmax")(x))


def crop(path):
    with np.load(path) as file:
        volume = file["voxel"].astype(np.float32) * file["seg"]
    starts = [size // 2 - 16 for size in volume.shape]
    return volume[tuple(slice(start, start + 32) for start in starts)][..., None]


def main(weights, data, predictions):
    model = densenet()
    model.load_weights(weights)
    with open(predictions) as file:
        ours = {row["name"]: float(row["predicted"]) for row in csv.DictReader(file)}
    volumes = np.stack([crop(os.path.join(data, "test", name + ".npz")) for name in ours])
    theirs = model.predict(volumes, batch_size=8, verbose=0)[:, 1]
    worst = max(abs(a - b) for a, b in zip(ours.values(), theirs))
    print(f"Keras {keras.__version__}: {len(ours)} cases, largest difference {worst:.1e}")
    sys.exit(0 if worst <= 1e-5 else 1)


if __name__ == "__main__":
    main(*sys.argv[1:])
